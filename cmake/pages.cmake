include(${CMAKE_CURRENT_LIST_DIR}/page.cmake)

set(common_head export/text/page_head.html)
set(common_styles export/text/page_colours.css export/text/page_base.css)
add_page(report_page drift/report/report.h sb_report_page "${common_head};drift/report/report_page.html"
    "${common_styles};drift/report/report_charts.css;drift/report/report_transcript.css;drift/report/report_page.css"
    "drift/report/report_data.js;drift/report/report_charts.js;drift/report/report_timeline.js;drift/report/report_tables.js;drift/report/report_transcript.js;\
drift/report/report_player.js;drift/report/report_main.js")
add_page(clip_page clip/batch/batch.h sb_clip_page "${common_head};clip/batch/clip_page.html"
    "${common_styles};export/text/page_list.css;clip/batch/clip_page.css" "export/text/page_list.js;clip/batch/clip_page.js")
add_page(quote_page clip/quotes/quotes.h sb_quote_page "${common_head};clip/quotes/quote_page.html"
    "${common_styles};export/text/page_list.css;clip/quotes/quote_page.css" "export/text/page_list.js;clip/quotes/quote_page.js")
