/* Speech services of Amazon, Google, Microsoft and IBM, and Vosk. */
#include "transcript/json/json_forms.h"

static const sb_json_field aws_fields[] = {
    {.role = SB_JSON_LANGUAGE, .path = "results.language_code"},
    {.role = SB_JSON_LABEL, .path = "results.speaker_labels.segments[].items[]"},
    {.role = SB_JSON_START, .path = ".start_time"},
    {.role = SB_JSON_END, .path = ".end_time"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker_label"},
    {.role = SB_JSON_GROUP, .path = "results.channel_labels.channels[]"},
    {.role = SB_JSON_CHANNEL, .path = ".channel_label"},
    {.role = SB_JSON_WORD, .path = "results.channel_labels.channels[].items[]", .rank = 3},
    {.role = SB_JSON_TEXT, .path = ".alternatives[0].content"},
    {.role = SB_JSON_START, .path = ".start_time"},
    {.role = SB_JSON_END, .path = ".end_time"},
    {.role = SB_JSON_KIND, .path = ".type"},
    {.role = SB_JSON_WORD, .path = "results.items[]", .rank = 2},
    {.role = SB_JSON_TEXT, .path = ".alternatives[0].content"},
    {.role = SB_JSON_START, .path = ".start_time"},
    {.role = SB_JSON_END, .path = ".end_time"},
    {.role = SB_JSON_KIND, .path = ".type"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker_label"},
    {.role = SB_JSON_SEGMENT, .path = "results.audio_segments[]", .rank = 1},
    {.role = SB_JSON_TEXT, .path = ".transcript"},
    {.role = SB_JSON_START, .path = ".start_time"},
    {.role = SB_JSON_END, .path = ".end_time"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker_label"},
    {0}};
static const sb_json_sign aws_signs[] = {
    {95, "\"results\" with \"items\" and \"content\"", {"results.items[].alternatives[].content"}},
    {95, "\"jobName\" and \"transcripts\"", {"jobName", "results.transcripts"}},
    {90, "\"results\" with \"audio_segments\"", {"results.audio_segments[].transcript"}},
    {90, "\"results\" with \"transcripts\" and \"items\"", {"results.transcripts", "results.items"}},
    {0}};
static const sb_json_form aws_json_form = {.fields = aws_fields, .signs = aws_signs, .unit = SB_JSON_SECONDS};
SB_JSON_READER(aws_json, "aws-json", "JSON of Amazon Transcribe");

/* Times are "1.300s", or {seconds, nanos}; in version 2 they are called offsets. */
static const sb_json_field google_fields[] = {
    {.role = SB_JSON_PASSAGE, .path = "results[]"},
    {.role = SB_JSON_TEXT, .path = ".alternatives[0].transcript"},
    {.role = SB_JSON_END, .path = ".resultEndTime|result_end_time|resultEndOffset|result_end_offset"},
    {.role = SB_JSON_CHANNEL, .path = ".channelTag|channel_tag"},
    {.role = SB_JSON_IS_FINAL, .path = ".isFinal|is_final"},
    {.role = SB_JSON_LANGUAGE, .path = ".languageCode|language_code"},
    {.role = SB_JSON_WORD, .path = "results[].alternatives[0].words[]"},
    {.role = SB_JSON_TEXT, .path = ".word"},
    {.role = SB_JSON_START, .path = ".startTime|start_time|startOffset|start_offset"},
    {.role = SB_JSON_END, .path = ".endTime|end_time|endOffset|end_offset"},
    {.role = SB_JSON_START_PART, .path = ".startTime|start_time|startOffset|start_offset.seconds"},
    {.role = SB_JSON_START_PART,
     .path = ".startTime|start_time|startOffset|start_offset.nanos",
     .unit = SB_JSON_NS},
    {.role = SB_JSON_END_PART, .path = ".endTime|end_time|endOffset|end_offset.seconds"},
    {.role = SB_JSON_END_PART, .path = ".endTime|end_time|endOffset|end_offset.nanos", .unit = SB_JSON_NS},
    {.role = SB_JSON_SPEAKER, .path = ".speakerTag|speaker_tag"},
    {.role = SB_JSON_BETTER_SPEAKER, .path = ".speakerLabel|speaker_label"},
    {0}};
static const sb_json_sign google_signs[] = {
    {92,
     "\"results\" with words and \"startTime\"",
     {"results[].alternatives[].words[].startTime|start_time"}},
    {92,
     "\"results\" with words and \"startOffset\"",
     {"results[].alternatives[].words[].startOffset|start_offset"}},
    {92, "\"results\" with words and \"endTime\"", {"results[].alternatives[].words[].endTime|end_time"}},
    {92,
     "\"results\" with words and \"endOffset\"",
     {"results[].alternatives[].words[].endOffset|end_offset"}},
    {80, "\"results\" with \"alternatives\" and \"transcript\"", {"results[].alternatives[].transcript"}},
    {0}};
static const sb_json_form google_json_form = {
    .fields = google_fields,
    .signs = google_signs,
    .roots = ". response. [0]. results.*.transcript. results.*.inlineResult|inline_result.transcript. "
             "response.results.*.transcript. response.results.*.inlineResult.transcript.",
    .unit = SB_JSON_SECONDS,
    .last_repeats = true,
    .nobody = "0"};
SB_JSON_READER(google_json, "google-json", "JSON of Google Cloud Speech-to-Text");

static const sb_json_field azure_fields[] = {
    {.role = SB_JSON_SEGMENT, .path = "recognizedPhrases[]", .unit = SB_JSON_TICKS},
    {.role = SB_JSON_TEXT, .path = ".nBest[0].display"},
    {.role = SB_JSON_START, .path = ".offset"},
    {.role = SB_JSON_DURATION, .path = ".duration"},
    {.role = SB_JSON_START, .path = ".offsetInTicks", .unit = SB_JSON_TICKS},
    {.role = SB_JSON_DURATION, .path = ".durationInTicks", .unit = SB_JSON_TICKS},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {.role = SB_JSON_CHANNEL, .path = ".channel"},
    {.role = SB_JSON_LANGUAGE, .path = ".locale"},
    {.role = SB_JSON_WORD, .path = "recognizedPhrases[].nBest[0].words[]"},
    {.role = SB_JSON_TEXT, .path = ".word"},
    {.role = SB_JSON_START, .path = ".offset"},
    {.role = SB_JSON_DURATION, .path = ".duration"},
    {.role = SB_JSON_START, .path = ".offsetInTicks", .unit = SB_JSON_TICKS},
    {.role = SB_JSON_DURATION, .path = ".durationInTicks", .unit = SB_JSON_TICKS},
    {.role = SB_JSON_SEGMENT, .path = "phrases[]"},
    {.role = SB_JSON_TEXT, .path = ".text"},
    {.role = SB_JSON_START, .path = ".offsetMilliseconds|offset", .unit = SB_JSON_MS},
    {.role = SB_JSON_DURATION, .path = ".durationMilliseconds|duration", .unit = SB_JSON_MS},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {.role = SB_JSON_CHANNEL, .path = ".channel"},
    {.role = SB_JSON_LANGUAGE, .path = ".locale"},
    {.role = SB_JSON_WORD, .path = "phrases[].words[]"},
    {.role = SB_JSON_TEXT, .path = ".text"},
    {.role = SB_JSON_START, .path = ".offsetMilliseconds|offset", .unit = SB_JSON_MS},
    {.role = SB_JSON_DURATION, .path = ".durationMilliseconds|duration", .unit = SB_JSON_MS},
    {.role = SB_JSON_SEGMENT, .path = "."},
    {.role = SB_JSON_TEXT, .path = "DisplayText"},
    {.role = SB_JSON_TEXT, .path = "NBest[0].Display"},
    {.role = SB_JSON_START, .path = "Offset", .unit = SB_JSON_TICKS},
    {.role = SB_JSON_DURATION, .path = "Duration", .unit = SB_JSON_TICKS},
    {.role = SB_JSON_SPEAKER, .path = "SpeakerId"},
    {.role = SB_JSON_WORD, .path = "NBest[0].Words[]"},
    {.role = SB_JSON_TEXT, .path = ".Word"},
    {.role = SB_JSON_START, .path = ".Offset", .unit = SB_JSON_TICKS},
    {.role = SB_JSON_DURATION, .path = ".Duration", .unit = SB_JSON_TICKS},
    {0}};
static const sb_json_sign azure_signs[] = {
    {95, "\"recognizedPhrases\"", {"recognizedPhrases"}},
    {95, "\"combinedPhrases\" and \"phrases\"", {"combinedPhrases", "phrases"}},
    {92, "\"phrases\" with \"offsetMilliseconds\"", {"phrases[].offsetMilliseconds"}},
    {90, "\"RecognitionStatus\" and \"Offset\"", {"RecognitionStatus", "Offset"}},
    {0}};
static const sb_json_form azure_json_form = {
    .fields = azure_fields, .signs = azure_signs, .unit = SB_JSON_TICKS, .nobody = "0"};
SB_JSON_READER(azure_json, "azure-json", "JSON of Azure Speech");

static const sb_json_field watson_fields[] = {
    {.role = SB_JSON_LABEL, .path = "speaker_labels[]"},
    {.role = SB_JSON_START, .path = ".from"},
    {.role = SB_JSON_END, .path = ".to"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {.role = SB_JSON_PASSAGE, .path = "results[]"},
    {.role = SB_JSON_TEXT, .path = ".alternatives[0].transcript"},
    {.role = SB_JSON_IS_FINAL, .path = ".final"},
    {.role = SB_JSON_WORD, .path = "results[].alternatives[0].timestamps[]"},
    {.role = SB_JSON_TEXT, .path = ".[0]"},
    {.role = SB_JSON_START, .path = ".[1]"},
    {.role = SB_JSON_END, .path = ".[2]"},
    {0}};
static const sb_json_sign watson_signs[] = {
    {95, "\"results\" with \"timestamps\"", {"results[].alternatives[].timestamps"}},
    {90, "\"result_index\" and \"results\"", {"result_index", "results"}},
    {90, "\"speaker_labels\" and \"results\"", {"speaker_labels[].from", "results"}},
    {0}};
static const sb_json_form watson_json_form = {
    .fields = watson_fields, .signs = watson_signs, .roots = ". [].", .unit = SB_JSON_SECONDS};
SB_JSON_READER(watson_json, "watson-json", "JSON of IBM Watson Speech to Text");

/* Each utterance is a document of its own. */
static const sb_json_field vosk_fields[] = {{.role = SB_JSON_PASSAGE, .path = "."},
                                            {.role = SB_JSON_TEXT, .path = "text"},
                                            {.role = SB_JSON_TEXT, .path = "alternatives[0].text"},
                                            {.role = SB_JSON_WORD, .path = "result[]"},
                                            {.role = SB_JSON_TEXT, .path = ".word"},
                                            {.role = SB_JSON_START, .path = ".start"},
                                            {.role = SB_JSON_END, .path = ".end"},
                                            {.role = SB_JSON_WORD, .path = "alternatives[0].result[]"},
                                            {.role = SB_JSON_TEXT, .path = ".word"},
                                            {.role = SB_JSON_START, .path = ".start"},
                                            {.role = SB_JSON_END, .path = ".end"},
                                            {0}};
static const sb_json_sign vosk_signs[] = {
    {92, "\"result\" with words and \"conf\"", {"result[].word", "result[].conf"}},
    {90, "\"result\" with words", {"result[].word", "result[].start"}},
    {90, "\"alternatives\" with \"result\"", {"alternatives[].result[].word"}},
    {0}};
static const sb_json_form vosk_json_form = {
    .fields = vosk_fields, .signs = vosk_signs, .roots = ". [].", .unit = SB_JSON_SECONDS};
SB_JSON_READER(vosk_json, "vosk-json", "JSON of Vosk, also several documents in one file");
