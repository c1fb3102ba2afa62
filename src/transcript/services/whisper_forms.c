/* Whisper and the programs around it. */
#include "transcript/json/json_forms.h"

static const sb_json_field whisper_fields[] = {
    {.role = SB_JSON_LANGUAGE, .path = "language|detected_language"},
    {.role = SB_JSON_WORD, .path = "words[]", .rank = SB_JSON_LOOSE},
    {.role = SB_JSON_TEXT, .path = ".word|text"},
    {.role = SB_JSON_START, .path = ".start"},
    {.role = SB_JSON_END, .path = ".end"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {.role = SB_JSON_SEGMENT, .path = "segments[]"},
    {.role = SB_JSON_TEXT, .path = ".text"},
    {.role = SB_JSON_START, .path = ".start"},
    {.role = SB_JSON_END, .path = ".end"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {.role = SB_JSON_WORD, .path = "segments[].words[]"},
    {.role = SB_JSON_TEXT, .path = ".word|text"},
    {.role = SB_JSON_START, .path = ".start"},
    {.role = SB_JSON_END, .path = ".end"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {0}};
static const sb_json_sign whisper_signs[] = {
    {90, "segments with \"avg_logprob\"", {"segments[].avg_logprob"}},
    {90, "segments with \"no_speech_prob\"", {"segments[].no_speech_prob"}},
    {90, "segments with words and \"probability\"", {"segments[].words[].probability"}},
    {75, "JSON with \"text\", \"language\" and segments", {"text", "language", "segments[].text"}},
    {70, "JSON with segments that have \"start\" and \"text\"", {"segments[].start", "segments[].text"}},
    {65, "JSON with \"text\", \"language\" and segments", {"text", "language", "segments"}},
    {65, "JSON with \"text\" and timed words", {"text", "words[].word", "words[].start"}},
    {0}};
static const sb_json_form whisper_json_form = {.fields = whisper_fields, .signs = whisper_signs};
SB_JSON_READER(whisper_json, "whisper-json", "JSON of Whisper, faster-whisper and the OpenAI API");

static const sb_json_sign whisperx_signs[] = {
    {95, "JSON with \"word_segments\"", {"word_segments"}},
    {93, "segments with words and \"score\"", {"segments[].words[].score"}},
    {0}};
static const sb_json_form whisperx_json_form = {
    .fields = whisper_fields, .signs = whisperx_signs, .unit = SB_JSON_SECONDS};
SB_JSON_READER(whisperx_json, "whisperx-json", "JSON of WhisperX, with aligned words and speakers");

static const sb_json_field whispercpp_fields[] = {{.role = SB_JSON_LANGUAGE, .path = "result.language"},
                                                  {.role = SB_JSON_SEGMENT, .path = "transcription[]"},
                                                  {.role = SB_JSON_TEXT, .path = ".text"},
                                                  {.role = SB_JSON_START, .path = ".offsets.from"},
                                                  {.role = SB_JSON_END, .path = ".offsets.to"},
                                                  {.role = SB_JSON_START_AGAIN, .path = ".timestamps.from"},
                                                  {.role = SB_JSON_END_AGAIN, .path = ".timestamps.to"},
                                                  {.role = SB_JSON_SPEAKER, .path = ".speaker"},
                                                  {.role = SB_JSON_WORD, .path = "transcription[].tokens[]"},
                                                  {.role = SB_JSON_TEXT, .path = ".text"},
                                                  {.role = SB_JSON_START, .path = ".offsets.from"},
                                                  {.role = SB_JSON_END, .path = ".offsets.to"},
                                                  {.role = SB_JSON_START_AGAIN, .path = ".timestamps.from"},
                                                  {.role = SB_JSON_END_AGAIN, .path = ".timestamps.to"},
                                                  {0}};
static const sb_json_sign whispercpp_signs[] = {
    {95, "\"transcription\" with \"offsets\"", {"transcription[].offsets.from"}},
    {92, "\"transcription\" with \"timestamps\"", {"transcription[].timestamps.from"}},
    {85, "\"systeminfo\" and \"transcription\"", {"systeminfo", "transcription"}},
    {0}};
static const sb_json_form whispercpp_json_form = {
    .fields = whispercpp_fields, .signs = whispercpp_signs, .unit = SB_JSON_MS, .nobody = "?"};
SB_JSON_READER(whispercpp_json, "whispercpp-json", "JSON of whisper.cpp, also with tokens");

/* With speakers, the chunks are there twice, so the list of speakers counts. */
static const sb_json_field chunks_fields[] = {{.role = SB_JSON_SEGMENT, .path = "speakers[]", .rank = 2},
                                              {.role = SB_JSON_TEXT, .path = ".text"},
                                              {.role = SB_JSON_START, .path = ".timestamp[0]"},
                                              {.role = SB_JSON_END, .path = ".timestamp[1]"},
                                              {.role = SB_JSON_SPEAKER, .path = ".speaker"},
                                              {.role = SB_JSON_SEGMENT, .path = "chunks[]", .rank = 1},
                                              {.role = SB_JSON_TEXT, .path = ".text"},
                                              {.role = SB_JSON_START, .path = ".timestamp[0]"},
                                              {.role = SB_JSON_END, .path = ".timestamp[1]"},
                                              {.role = SB_JSON_SPEAKER, .path = ".speaker"},
                                              {0}};
static const sb_json_sign chunks_signs[] = {
    {92, "\"chunks\" with \"timestamp\"", {"chunks[].timestamp"}},
    {92, "\"speakers\" with \"timestamp\"", {"speakers[].timestamp"}},
    {80, "\"chunks\" and \"speakers\"", {"chunks", "speakers", "text"}},
    {0}};
static const sb_json_form chunks_json_form = {
    .fields = chunks_fields, .signs = chunks_signs, .unit = SB_JSON_SECONDS};
SB_JSON_READER(chunks_json, "chunks-json", "JSON of Whisper in Transformers, insanely-fast-whisper");

static const sb_json_field nemo_fields[] = {
    {.role = SB_JSON_SEGMENT, .path = "sentences[]", .rank = 2},
    {.role = SB_JSON_TEXT, .path = ".text|sentence"},
    {.role = SB_JSON_START, .path = ".start|start_time"},
    {.role = SB_JSON_END, .path = ".end|end_time"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {.role = SB_JSON_WORD, .path = "sentences[].tokens[]"},
    {.role = SB_JSON_TEXT, .path = ".text"},
    {.role = SB_JSON_START, .path = ".start"},
    {.role = SB_JSON_END, .path = ".end"},
    {.role = SB_JSON_WORD, .path = "words[]", .rank = 3},
    {.role = SB_JSON_TEXT, .path = ".word"},
    {.role = SB_JSON_START, .path = ".start_time"},
    {.role = SB_JSON_END, .path = ".end_time"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker|speaker_label"},
    {.role = SB_JSON_WORD, .path = "timestamp|timestep.word[]", .rank = 3},
    {.role = SB_JSON_TEXT, .path = ".word"},
    {.role = SB_JSON_START, .path = ".start"},
    {.role = SB_JSON_END, .path = ".end"},
    {.role = SB_JSON_SEGMENT, .path = "timestamp|timestep.segment[]", .rank = 2},
    {.role = SB_JSON_TEXT, .path = ".segment"},
    {.role = SB_JSON_START, .path = ".start"},
    {.role = SB_JSON_END, .path = ".end"},
    {0}};
static const sb_json_sign nemo_signs[] = {
    {92, "\"sentences\" with \"tokens\"", {"sentences[].tokens[].text", "sentences[].start"}},
    {92, "\"timestamp\" with words", {"timestamp|timestep.word[].word"}},
    {92, "\"timestamp\" with segments", {"timestamp|timestep.segment[].segment"}},
    {90, "\"session_id\" and words", {"session_id", "words[].word", "words[].start_time"}},
    {0}};
static const sb_json_form nemo_json_form = {
    .fields = nemo_fields, .signs = nemo_signs, .roots = ". [].", .unit = SB_JSON_SECONDS};
SB_JSON_READER(nemo_json, "nemo-json", "JSON of NVIDIA NeMo and Parakeet");
