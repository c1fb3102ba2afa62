/* Podcast feeds and players, caption sites and editors of transcripts. */
#include "transcript/json/json_forms.h"

static const sb_json_field podcast_fields[] = {
    {.role = SB_JSON_TITLE, .path = "title"},
    {.role = SB_JSON_LANGUAGE, .path = "language"},
    {.role = SB_JSON_SEGMENT, .path = "segments[]"},
    {.role = SB_JSON_TEXT, .path = ".body|text"},
    {.role = SB_JSON_START, .path = ".startTime|start_time", .unit = SB_JSON_SECONDS},
    {.role = SB_JSON_END, .path = ".endTime|end_time", .unit = SB_JSON_SECONDS},
    {.role = SB_JSON_START, .path = ".start"},
    {.role = SB_JSON_END, .path = ".end"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {.role = SB_JSON_SEGMENT, .path = "[]"},
    {.role = SB_JSON_TEXT, .path = ".text|body"},
    {.role = SB_JSON_START, .path = ".start|startTime|start_time"},
    {.role = SB_JSON_END, .path = ".end|endTime|end_time"},
    {.role = SB_JSON_DURATION, .path = ".duration|dur"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {0}};
static const sb_json_sign podcast_signs[] = {
    {92, "JSON segments with \"startTime\"", {"segments[].startTime"}},
    {92, "JSON segments with \"body\"", {"segments[].body"}},
    {80, "JSON with \"version\" and \"segments\"", {"version", "segments"}},
    {60, "a JSON array with \"start\" and \"text\"", {"[].start|startTime", "[].text|body"}},
    {40, "JSON with \"segments\"", {"segments"}},
    {0}};
static const sb_json_form podcast_json_form = {
    .fields = podcast_fields, .signs = podcast_signs, .carries_speaker = true, .stops_overlap = true};
SB_JSON_READER(podcast_json, "podcast-json",
               "JSON of podcast feeds: segments with startTime, endTime, speaker, body");

static const sb_json_field podlove_fields[] = {{.role = SB_JSON_NAME, .path = "contributors[]"},
                                               {.role = SB_JSON_ID, .path = ".id"},
                                               {.role = SB_JSON_TEXT, .path = ".name"},
                                               {.role = SB_JSON_TITLE, .path = "title"},
                                               {.role = SB_JSON_SEGMENT, .path = "[]"},
                                               {.role = SB_JSON_TEXT, .path = ".text"},
                                               {.role = SB_JSON_START, .path = ".start"},
                                               {.role = SB_JSON_END, .path = ".end"},
                                               {.role = SB_JSON_START_AGAIN, .path = ".start_ms"},
                                               {.role = SB_JSON_END_AGAIN, .path = ".end_ms"},
                                               {.role = SB_JSON_SPEAKER, .path = ".speaker"},
                                               {.role = SB_JSON_BETTER_SPEAKER, .path = ".voice"},
                                               {.role = SB_JSON_SEGMENT, .path = "[].items[]"},
                                               {.role = SB_JSON_TEXT, .path = ".text"},
                                               {.role = SB_JSON_START, .path = ".start"},
                                               {.role = SB_JSON_END, .path = ".end"},
                                               {.role = SB_JSON_START_AGAIN, .path = ".start_ms"},
                                               {.role = SB_JSON_END_AGAIN, .path = ".end_ms"},
                                               {.role = SB_JSON_SPEAKER, .path = ".speaker"},
                                               {.role = SB_JSON_BETTER_SPEAKER, .path = ".voice"},
                                               {0}};
static const sb_json_sign podlove_signs[] = {
    {95, "\"start_ms\" and \"end_ms\"", {"[].start_ms", "[].end_ms"}},
    {92, "groups with \"start_ms\"", {"[].items[].start_ms"}},
    {88, "\"voice\" and \"text\"", {"[].voice", "[].text", "[].start"}},
    {80, "\"transcripts\" with \"start\" and \"text\"", {"transcripts[].start", "transcripts[].text"}},
    {0}};
static const sb_json_form podlove_json_form = {
    .fields = podlove_fields, .signs = podlove_signs, .roots = ". transcripts.", .unit = SB_JSON_MS};
SB_JSON_READER(podlove_json, "podlove-json", "JSON of the Podlove Publisher and Web Player");

/* Events of one newline carry the rolling of the captions and no words. */
static const sb_json_field youtube_fields[] = {{.role = SB_JSON_SEGMENT, .path = "events[]"},
                                               {.role = SB_JSON_START, .path = ".tStartMs"},
                                               {.role = SB_JSON_DURATION, .path = ".dDurationMs"},
                                               {.role = SB_JSON_WORD, .path = "events[].segs[]"},
                                               {.role = SB_JSON_TEXT, .path = ".utf8"},
                                               {.role = SB_JSON_OFFSET, .path = ".tOffsetMs"},
                                               {0}};
static const sb_json_sign youtube_signs[] = {{98, "\"wireMagic\" and \"events\"", {"wireMagic", "events"}},
                                             {95, "\"events\" with \"tStartMs\"", {"events[].tStartMs"}},
                                             {0}};
static const sb_json_form youtube_json_form = {
    .fields = youtube_fields, .signs = youtube_signs, .unit = SB_JSON_MS, .stops_overlap = true};
SB_JSON_READER(youtube_json, "youtube-json", "JSON captions of YouTube (json3)");

static const sb_json_field sonix_fields[] = {
    {.role = SB_JSON_LANGUAGE, .path = "language"},    {.role = SB_JSON_TITLE, .path = "name"},
    {.role = SB_JSON_PASSAGE, .path = "transcript[]"}, {.role = SB_JSON_TEXT, .path = ".text"},
    {.role = SB_JSON_START, .path = ".start_time"},    {.role = SB_JSON_END, .path = ".end_time"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},     {.role = SB_JSON_WORD, .path = "transcript[].words[]"},
    {.role = SB_JSON_TEXT, .path = ".text"},           {.role = SB_JSON_START, .path = ".start_time"},
    {.role = SB_JSON_END, .path = ".end_time"},        {0}};
static const sb_json_sign sonix_signs[] = {
    {90, "\"transcript\" with words and \"start_time\"", {"transcript[].words[].start_time"}},
    {85, "\"transcript\" with \"start_time\"", {"transcript[].start_time", "transcript[].text"}},
    {0}};
static const sb_json_form sonix_json_form = {
    .fields = sonix_fields, .signs = sonix_signs, .unit = SB_JSON_SECONDS};
SB_JSON_READER(sonix_json, "sonix-json", "JSON of Sonix");

static const sb_json_field trint_fields[] = {
    {.role = SB_JSON_NAME, .path = "speakers[]"},    {.role = SB_JSON_ID, .path = ".id"},
    {.role = SB_JSON_TEXT, .path = ".name"},         {.role = SB_JSON_PASSAGE, .path = "paragraphs[]"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},   {.role = SB_JSON_WORD, .path = "paragraphs[].words[]"},
    {.role = SB_JSON_TEXT, .path = ".value"},        {.role = SB_JSON_START, .path = ".time"},
    {.role = SB_JSON_DURATION, .path = ".duration"}, {0}};
static const sb_json_sign trint_signs[] = {
    {93, "\"paragraphs\" with words and \"value\"", {"paragraphs[].words[].value"}}, {0}};
static const sb_json_form trint_json_form = {
    .fields = trint_fields, .signs = trint_signs, .roots = ". transcript.", .unit = SB_JSON_MS};
SB_JSON_READER(trint_json, "trint-json", "JSON of Trint");

static const sb_json_field happyscribe_fields[] = {
    {.role = SB_JSON_PASSAGE, .path = "[]"},        {.role = SB_JSON_SPEAKER, .path = ".speaker"},
    {.role = SB_JSON_WORD, .path = "[].words[]"},   {.role = SB_JSON_TEXT, .path = ".text"},
    {.role = SB_JSON_START, .path = ".data_start"}, {.role = SB_JSON_END, .path = ".data_end"},
    {.role = SB_JSON_KIND, .path = ".type"},        {0}};
static const sb_json_sign happyscribe_signs[] = {{93, "words with \"data_start\"", {"[].words[].data_start"}},
                                                 {0}};
static const sb_json_form happyscribe_json_form = {
    .fields = happyscribe_fields, .signs = happyscribe_signs, .unit = SB_JSON_SECONDS};
SB_JSON_READER(happyscribe_json, "happyscribe-json", "JSON of Happy Scribe");

/* The words and the paragraphs, which have the speakers, are lists beside each other. */
static const sb_json_field editor_fields[] = {
    {.role = SB_JSON_WORD, .path = "words[]"},       {.role = SB_JSON_TEXT, .path = ".text|word"},
    {.role = SB_JSON_BETTER_TEXT, .path = ".punct"}, {.role = SB_JSON_START, .path = ".start"},
    {.role = SB_JSON_END, .path = ".end"},           {.role = SB_JSON_LABEL, .path = "paragraphs[]"},
    {.role = SB_JSON_START, .path = ".start"},       {.role = SB_JSON_END, .path = ".end"},
    {.role = SB_JSON_SPEAKER, .path = ".speaker"},   {0}};
static const sb_json_sign editor_signs[] = {{88,
                                             "words and paragraphs with speakers",
                                             {"words[].start", "paragraphs[].start", "paragraphs[].speaker"}},
                                            {0}};
static const sb_json_form editor_json_form = {
    .fields = editor_fields, .signs = editor_signs, .roots = ". transcript.", .unit = SB_JSON_SECONDS};
SB_JSON_READER(editor_json, "paper-edit-json", "JSON of the BBC's transcript editors");

static const sb_json_field premiere_fields[] = {{.role = SB_JSON_LANGUAGE, .path = "language"},
                                                {.role = SB_JSON_NAME, .path = "speakers[]"},
                                                {.role = SB_JSON_ID, .path = ".id"},
                                                {.role = SB_JSON_TEXT, .path = ".name"},
                                                {.role = SB_JSON_PASSAGE, .path = "segments[]"},
                                                {.role = SB_JSON_START, .path = ".start"},
                                                {.role = SB_JSON_DURATION, .path = ".duration"},
                                                {.role = SB_JSON_SPEAKER, .path = ".speaker"},
                                                {.role = SB_JSON_WORD, .path = "segments[].words[]"},
                                                {.role = SB_JSON_TEXT, .path = ".text"},
                                                {.role = SB_JSON_START, .path = ".start"},
                                                {.role = SB_JSON_DURATION, .path = ".duration"},
                                                {.role = SB_JSON_KIND, .path = ".type"},
                                                {0}};
static const sb_json_sign premiere_signs[] = {
    {95, "words with \"eos\"", {"segments[].words[].eos"}},
    {92, "words with \"duration\", and named speakers", {"segments[].words[].duration", "speakers[].id"}},
    {0}};
static const sb_json_form premiere_json_form = {
    .fields = premiere_fields, .signs = premiere_signs, .unit = SB_JSON_SECONDS};
SB_JSON_READER(premiere_json, "premiere-json", "JSON of Adobe Premiere Pro");
