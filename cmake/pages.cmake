include(${CMAKE_CURRENT_LIST_DIR}/page.cmake)

set(common_head export/page_head.html)
set(common_styles export/page_colours.css export/page_base.css)
add_page(report_page drift/report_page.h sb_report_page "${common_head};drift/report_page.html"
    "${common_styles};drift/report_charts.css;drift/report_transcript.css;drift/report_page.css"
    "drift/report_data.js;drift/report_charts.js;drift/report_timeline.js;drift/report_tables.js;drift/report_transcript.js;\
drift/report_player.js;drift/report_main.js")
add_page(clip_page clip/clip_page.h sb_clip_page "${common_head};clip/clip_page.html"
    "${common_styles};clip/clip_page.css" clip/clip_page.js)
