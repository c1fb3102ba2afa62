/* Companies that offer transcription. */
#include "transcript/json/json_forms.h"

static const sb_json_field deepgram_fields[] = {
    {.role = SB_JSON_TRACK, .path = "results.channels[]"},
    {.role = SB_JSON_LANGUAGE, .path = ".detected_language"},
    {.role = SB_JSON_WORD, .path = "results.channels[].alternatives[0].words[]", .rank = 4},
    {.role = SB_JSON_TEXT, .path = ".word"},
    {.role = SB_JSON_BETTER_TEXT, .path = ".punctuated_word"},
    {.role = SB_JSON_START, .path = ".start"},
    {.role = SB_JSON_END, .path = ".end"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {.role = SB_JSON_GROUP, .path = "results.channels[].alternatives[0].paragraphs.paragraphs[]"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {.role = SB_JSON_SEGMENT,
     .path = "results.channels[].alternatives[0].paragraphs.paragraphs[].sentences[]",
     .rank = 2},
    {.role = SB_JSON_TEXT, .path = ".text"},
    {.role = SB_JSON_START, .path = ".start"},
    {.role = SB_JSON_END, .path = ".end"},
    {.role = SB_JSON_PASSAGE, .path = "results.utterances[]", .rank = 3},
    {.role = SB_JSON_TEXT, .path = ".transcript"},
    {.role = SB_JSON_START, .path = ".start"},
    {.role = SB_JSON_END, .path = ".end"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {.role = SB_JSON_CHANNEL, .path = ".channel"},
    {.role = SB_JSON_WORD, .path = "results.utterances[].words[]"},
    {.role = SB_JSON_TEXT, .path = ".word"},
    {.role = SB_JSON_BETTER_TEXT, .path = ".punctuated_word"},
    {.role = SB_JSON_START, .path = ".start"},
    {.role = SB_JSON_END, .path = ".end"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {.role = SB_JSON_GROUP, .path = "."},
    {.role = SB_JSON_IS_FINAL, .path = "is_final"},
    {.role = SB_JSON_WORD, .path = "channel.alternatives[0].words[]", .rank = 4},
    {.role = SB_JSON_TEXT, .path = ".word"},
    {.role = SB_JSON_BETTER_TEXT, .path = ".punctuated_word"},
    {.role = SB_JSON_START, .path = ".start"},
    {.role = SB_JSON_END, .path = ".end"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {0}};
static const sb_json_sign deepgram_signs[] = {
    {95, "\"results\" with \"channels\" and words", {"results.channels[].alternatives[].words"}},
    {93, "\"results\" with \"channels\"", {"results.channels"}},
    {93, "\"results\" with \"utterances\"", {"results.utterances[].transcript"}},
    {90, "\"channel\" with words", {"channel.alternatives[].words"}},
    {0}};
static const sb_json_form deepgram_json_form = {
    .fields = deepgram_fields, .signs = deepgram_signs, .roots = ". result. [].", .unit = SB_JSON_SECONDS};
SB_JSON_READER(deepgram_json, "deepgram-json", "JSON of Deepgram");

static const sb_json_field assemblyai_fields[] = {
    {.role = SB_JSON_LANGUAGE, .path = "language_code"},
    {.role = SB_JSON_WORD, .path = "words[]", .rank = 4},
    {.role = SB_JSON_TEXT, .path = ".text"},
    {.role = SB_JSON_START, .path = ".start"},
    {.role = SB_JSON_END, .path = ".end"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {.role = SB_JSON_CHANNEL, .path = ".channel"},
    {.role = SB_JSON_PASSAGE, .path = "utterances|sentences|paragraphs[]", .rank = 3},
    {.role = SB_JSON_TEXT, .path = ".text"},
    {.role = SB_JSON_START, .path = ".start"},
    {.role = SB_JSON_END, .path = ".end"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {.role = SB_JSON_CHANNEL, .path = ".channel"},
    {.role = SB_JSON_WORD, .path = "utterances|sentences|paragraphs[].words[]"},
    {.role = SB_JSON_TEXT, .path = ".text"},
    {.role = SB_JSON_START, .path = ".start"},
    {.role = SB_JSON_END, .path = ".end"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {0}};
static const sb_json_sign assemblyai_signs[] = {
    {95, "\"acoustic_model\" and \"language_model\"", {"acoustic_model", "language_model"}},
    {93, "\"audio_url\" and words", {"audio_url", "words"}},
    {85,
     "words with \"confidence\", and \"utterances\"",
     {"words[].text", "words[].confidence", "utterances"}},
    {85,
     "\"utterances\" with words",
     {"utterances[].text", "utterances[].words[].confidence", "utterances[].speaker"}},
    {85,
     "words with \"confidence\" and \"audio_duration\"",
     {"words[].text", "words[].confidence", "audio_duration"}},
    {85, "\"sentences\" with words", {"sentences[].words[].confidence", "sentences[].words[].text"}},
    {85, "\"paragraphs\" with words", {"paragraphs[].words[].confidence", "paragraphs[].words[].text"}},
    {0}};
static const sb_json_form assemblyai_json_form = {
    .fields = assemblyai_fields, .signs = assemblyai_signs, .unit = SB_JSON_MS};
SB_JSON_READER(assemblyai_json, "assemblyai-json", "JSON of AssemblyAI");

static const sb_json_field speechmatics_fields[] = {
    {.role = SB_JSON_LANGUAGE, .path = "metadata.language_pack_info.language_code"},
    {.role = SB_JSON_LANGUAGE, .path = "metadata.transcription_config.language"},
    {.role = SB_JSON_WORD, .path = "results[]"},
    {.role = SB_JSON_TEXT, .path = ".alternatives[0].content"},
    {.role = SB_JSON_SPEAKER, .path = ".alternatives[0].speaker"},
    {.role = SB_JSON_START, .path = ".start_time"},
    {.role = SB_JSON_END, .path = ".end_time"},
    {.role = SB_JSON_KIND, .path = ".type"},
    {.role = SB_JSON_ATTACHES, .path = ".attaches_to"},
    {.role = SB_JSON_CHANNEL, .path = ".channel"},
    {.role = SB_JSON_LABEL, .path = "speakers[]"},
    {.role = SB_JSON_START, .path = ".time"},
    {.role = SB_JSON_SPEAKER, .path = ".name"},
    {.role = SB_JSON_WORD, .path = "words[]"},
    {.role = SB_JSON_TEXT, .path = ".name"},
    {.role = SB_JSON_START, .path = ".time"},
    {.role = SB_JSON_DURATION, .path = ".duration"},
    {0}};
static const sb_json_sign speechmatics_signs[] = {
    {95, "\"results\" with \"alternatives\" and \"content\"", {"results[].alternatives[].content"}},
    {90, "\"metadata\" and \"results\"", {"metadata.transcription_config", "results"}},
    {85, "words with \"name\" and \"time\"", {"words[].name", "words[].time", "words[].duration"}},
    {0}};
static const sb_json_form speechmatics_json_form = {
    .fields = speechmatics_fields, .signs = speechmatics_signs, .unit = SB_JSON_SECONDS, .nobody = "UU"};
SB_JSON_READER(speechmatics_json, "speechmatics-json", "JSON of Speechmatics");

static const sb_json_field revai_fields[] = {
    {.role = SB_JSON_NAME, .path = "speakers[]"},
    {.role = SB_JSON_ID, .path = ".id"},
    {.role = SB_JSON_TEXT, .path = ".name"},
    {.role = SB_JSON_LANGUAGE, .path = "language"},
    {.role = SB_JSON_PASSAGE, .path = "monologues[]"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {.role = SB_JSON_BETTER_SPEAKER, .path = ".speaker_info.display_name"},
    {.role = SB_JSON_WORD, .path = "monologues[].elements[]"},
    {.role = SB_JSON_TEXT, .path = ".value"},
    {.role = SB_JSON_START, .path = ".ts|timestamp"},
    {.role = SB_JSON_END, .path = ".end_ts|end_timestamp"},
    {.role = SB_JSON_KIND, .path = ".type"},
    {0}};
static const sb_json_sign revai_signs[] = {
    {95, "\"monologues\" with \"elements\"", {"monologues[].elements"}},
    {90, "\"monologues\"", {"monologues"}},
    {0}};
static const sb_json_form revai_json_form = {
    .fields = revai_fields, .signs = revai_signs, .unit = SB_JSON_SECONDS};
SB_JSON_READER(revai_json, "revai-json", "JSON of Rev and Rev AI");

static const sb_json_field elevenlabs_fields[] = {{.role = SB_JSON_LANGUAGE, .path = "language_code"},
                                                  {.role = SB_JSON_GROUP, .path = "."},
                                                  {.role = SB_JSON_CHANNEL, .path = "channel_index"},
                                                  {.role = SB_JSON_WORD, .path = "words[]"},
                                                  {.role = SB_JSON_TEXT, .path = ".text"},
                                                  {.role = SB_JSON_START, .path = ".start"},
                                                  {.role = SB_JSON_END, .path = ".end"},
                                                  {.role = SB_JSON_KIND, .path = ".type"},
                                                  {.role = SB_JSON_SPEAKER, .path = ".speaker_id"},
                                                  {.role = SB_JSON_CHANNEL, .path = ".channel_index"},
                                                  {0}};
static const sb_json_sign elevenlabs_signs[] = {
    {95, "words with \"type\" and \"speaker_id\"", {"words[].type", "words[].speaker_id"}},
    {95, "\"language_probability\" and words with \"type\"", {"language_probability", "words[].type"}},
    {90, "words with \"type\" and \"logprob\"", {"words[].type", "words[].logprob"}},
    {0}};
static const sb_json_form elevenlabs_json_form = {.fields = elevenlabs_fields,
                                                  .signs = elevenlabs_signs,
                                                  .roots = ". transcripts[].",
                                                  .unit = SB_JSON_SECONDS};
SB_JSON_READER(elevenlabs_json, "elevenlabs-json", "JSON of ElevenLabs Scribe");

static const sb_json_field gladia_fields[] = {
    {.role = SB_JSON_LANGUAGE, .path = "transcription.languages[0]"},
    {.role = SB_JSON_PASSAGE, .path = "transcription.utterances[]"},
    {.role = SB_JSON_TEXT, .path = ".text"},
    {.role = SB_JSON_START, .path = ".start"},
    {.role = SB_JSON_END, .path = ".end"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {.role = SB_JSON_CHANNEL, .path = ".channel"},
    {.role = SB_JSON_WORD, .path = "transcription.utterances[].words[]"},
    {.role = SB_JSON_TEXT, .path = ".word"},
    {.role = SB_JSON_START, .path = ".start"},
    {.role = SB_JSON_END, .path = ".end"},
    {.role = SB_JSON_PASSAGE, .path = "prediction[]"},
    {.role = SB_JSON_TEXT, .path = ".transcription"},
    {.role = SB_JSON_START, .path = ".time_begin"},
    {.role = SB_JSON_END, .path = ".time_end"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {.role = SB_JSON_LANGUAGE, .path = ".language"},
    {.role = SB_JSON_WORD, .path = "prediction[].words[]"},
    {.role = SB_JSON_TEXT, .path = ".word"},
    {.role = SB_JSON_START, .path = ".time_begin"},
    {.role = SB_JSON_END, .path = ".time_end"},
    {0}};
static const sb_json_sign gladia_signs[] = {
    {95, "\"transcription\" with \"utterances\"", {"transcription.utterances"}},
    {93, "\"prediction\" with \"time_begin\"", {"prediction[].time_begin"}},
    {0}};
static const sb_json_form gladia_json_form = {
    .fields = gladia_fields, .signs = gladia_signs, .roots = ". result.", .unit = SB_JSON_SECONDS};
SB_JSON_READER(gladia_json, "gladia-json", "JSON of Gladia");
