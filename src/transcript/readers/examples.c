#include <string.h>

#include "transcript/transcript.h"

/* The beginnings of typical files, by the names of their readers. */
static const struct example {
    const char *name, *text;
} examples[] = {
    {"turns-bracket", "Ann Lee [00:01:30]:\n"
                      "Welcome back.\n"
                      "Bob Stone [00:01:32]:\n"
                      "Thank you.\n"},
    {"srt", "1\n"
            "00:00:01,000 --> 00:00:04,000\n"
            "Ann: Welcome back.\n"},
    {"vtt", "WEBVTT\n"
            "\n"
            "00:01.000 --> 00:04.000\n"
            "<v Ann Lee>Welcome back.\n"},
    {"podcast-json", "{\"segments\": [{\"speaker\": \"Ann\", \"startTime\": 1.0, \"endTime\": 4.0,\n"
                     "  \"body\": \"Welcome back.\"}]}\n"},
    {"turns-paren", "Ann Lee (00:01:30):\n"
                    "Welcome back.\n"
                    "\n"
                    "Bob Stone (00:01:32):\n"
                    "Thank you.\n"},
    {"turns-otter", "Ann Lee  1:30\n"
                    "Welcome back.\n"
                    "\n"
                    "Bob Stone  1:32\n"
                    "Thank you.\n"},
    {"turns-markdown", "**Ann Lee:** Welcome back.\n"
                       "\n"
                       "**Bob Stone:** Thank you.\n"},
    {"lines-timed", "00:01:30 Welcome back.\n"
                    "00:01:32 Thank you.\n"},
    {"plain", "Ann Lee: Welcome back.\n"
              "\n"
              "Bob Stone: Thank you.\n"
              "\n"
              "Ann Lee: Here we go.\n"
              "\n"
              "Bob Stone: Yes.\n"},
    {"podcast-html", "<cite>Ann Lee:</cite>\n"
                     "<time>1:30</time>\n"
                     "<p>Welcome back.</p>\n"},
    {"whisper-json",
     "{\"text\": \" Welcome back.\", \"segments\": [{\"id\": 0, \"seek\": 0, \"start\": 1.0,\n"
     "  \"end\": 4.0, \"text\": \" Welcome back.\", \"avg_logprob\": -0.2}], \"language\": \"en\"}\n"},
    {"whisperx-json", "{\"segments\": [{\"start\": 1.0, \"end\": 4.0, \"text\": \" Welcome back.\",\n"
                      "  \"words\": [{\"word\": \"Welcome\", \"start\": 1.0, \"end\": 1.4, \"score\": 0.9},\n"
                      "  {\"word\": \"back.\", \"start\": 1.5, \"end\": 1.9, \"score\": 0.9}], \"speaker\": "
                      "\"SPEAKER_00\"}]}\n"},
    {"whispercpp-json",
     "{\"result\": {\"language\": \"en\"}, \"transcription\": [{\"timestamps\": {\"from\":\n"
     "  \"00:00:01,000\", \"to\": \"00:00:04,000\"}, \"offsets\": {\"from\": 1000, \"to\": 4000},\n"
     "  \"text\": \" Welcome back.\"}]}\n"},
    {"whisper-tsv", "start\tend\ttext\n"
                    "1000\t4000\tWelcome back.\n"
                    "4000\t5500\tThank you.\n"},
    {"whisper-txt", "[00:01.000 --> 00:04.000]  Welcome back.\n"
                    "[00:04.000 --> 00:05.500]  Thank you.\n"},
    {"aws-json",
     "{\"jobName\": \"a\", \"results\": {\"transcripts\": [{\"transcript\": \"Welcome.\"}],\n"
     "  \"items\": [{\"start_time\": \"1.0\", \"end_time\": \"1.4\", \"type\": \"pronunciation\",\n"
     "  \"alternatives\": [{\"confidence\": \"0.9\", \"content\": \"Welcome\"}]}]}}\n"},
    {"deepgram-json", "{\"metadata\": {}, \"results\": {\"channels\": [{\"alternatives\": [{\"transcript\":\n"
                      "  \"Welcome\", \"words\": [{\"word\": \"welcome\", \"start\": 1.0, \"end\": 1.4,\n"
                      "  \"punctuated_word\": \"Welcome\", \"speaker\": 0}]}]}]}}\n"},
    {"google-json", "{\"results\": [{\"alternatives\": [{\"transcript\": \"Welcome\", \"words\": [\n"
                    "  {\"startTime\": \"1s\", \"endTime\": \"1.400s\", \"word\": \"Welcome\"}]}]}]}\n"},
    {"speechmatics-json",
     "{\"format\": \"2.9\", \"results\": [{\"type\": \"word\", \"start_time\": 1.0,\n"
     "  \"end_time\": 1.4, \"alternatives\": [{\"content\": \"Welcome\", \"speaker\": \"S1\"}]}]}\n"},
    {"revai-json", "{\"monologues\": [{\"speaker\": 0, \"elements\": [{\"type\": \"text\",\n"
                   "  \"value\": \"Welcome\", \"ts\": 1.0, \"end_ts\": 1.4, \"confidence\": 0.9}]}]}\n"},
    {"vosk-json", "{\"result\": [{\"conf\": 0.9, \"start\": 1.0, \"end\": 1.4, \"word\": \"welcome\"}],\n"
                  "  \"text\": \"welcome\"}\n"},
    {"textgrid", "File type = \"ooTextFile\"\n"
                 "Object class = \"TextGrid\"\n"
                 "\n"
                 "1\n"
                 "4\n"
                 "<exists>\n"
                 "1\n"
                 "\"IntervalTier\"\n"
                 "\"Ann Lee\"\n"
                 "1\n"
                 "4\n"
                 "1\n"
                 "1\n"
                 "4\n"
                 "\"Welcome back.\"\n"},
    {"ctm", "episode 1 1.00 0.40 Welcome 0.9\n"
            "episode 1 1.50 0.40 back 0.9\n"},
    {"stm", "episode 1 ann_lee 1.00 4.00 <o,f0,female> welcome back\n"},
    {"rttm", "SPEAKER episode 1 1.00 3.00 <NA> <NA> ann_lee <NA> <NA>\n"},
    {"audacity", "1.000000\t4.000000\tWelcome back.\n"
                 "4.000000\t5.500000\tThank you.\n"},
    {"lrc", "[ti:An episode]\n"
            "[00:01.00]Welcome back.\n"
            "[00:04.00]Thank you.\n"},
    {"ttml", "<tt xmlns=\"http://www.w3.org/ns/ttml\"><body><div>\n"
             "  <p begin=\"00:00:01.000\" end=\"00:00:04.000\">Welcome back.</p>\n"
             "</div></body></tt>\n"},
    {"teams", "0:0:1.0 --> 0:0:4.0\n"
              "Ann Lee\n"
              "Welcome back.\n"
              "\n"
              "0:0:4.0 --> 0:0:5.500\n"
              "Bob Stone\n"
              "Thank you.\n"
              "\n"
              "0:0:5.500 --> 0:0:7.0\n"
              "Ann Lee\n"
              "Let us begin.\n"},
    {"sbv", "0:00:01.000,0:00:04.000\n"
            "Welcome back.\n"
            "\n"
            "0:00:04.000,0:00:05.500\n"
            "Thank you.\n"},
    {"ass", "[Script Info]\n"
            "\n"
            "[Events]\n"
            "Format: Layer, Start, End, Style, Name, Text\n"
            "Dialogue: 0,0:00:01.00,0:00:04.00,Default,Ann Lee,Welcome back.\n"},
    {"csv", "Speaker,Start,End,Text\n"
            "Ann Lee,00:00:01,00:00:04,Welcome back.\n"
            "Bob Stone,00:00:04,00:00:06,Thank you.\n"},
    {"tsv", "Speaker\tStart\tEnd\tText\n"
            "Ann Lee\t00:00:01\t00:00:04\tWelcome back.\n"
            "Bob Stone\t00:00:04\t00:00:06\tThank you.\n"},
    {"premiere-json",
     "{\"language\": \"en-us\", \"speakers\": [{\"id\": \"a1\", \"name\": \"Ann\"}], \"segments\": [\n"
     " {\"speaker\": \"a1\", \"start\": 1.0, \"duration\": 3.0, \"words\": [{\"text\": \"Welcome\",\n"
     "  \"start\": 1.0, \"duration\": 0.4, \"eos\": false, \"type\": \"word\"}]}]}\n"},
    {"subviewer", "[INFORMATION]\n"
                  "[END INFORMATION]\n"
                  "[SUBTITLE]\n"
                  "00:00:01.00,00:00:04.00\n"
                  "Welcome back.\n"},
    {"microdvd", "{1}{1}25.000\n"
                 "{25}{100}Welcome back.\n"
                 "{100}{137}Thank you.\n"},
    {"mpl2", "[10][40]Welcome back.\n"
             "[40][55]Thank you.\n"},
    {"sami", "<SAMI><BODY>\n"
             "<SYNC Start=1000><P>Welcome back.\n"
             "<SYNC Start=4000><P>Thank you.\n"
             "</BODY></SAMI>\n"},
    {"podlove-json",
     "[{\"start\": \"00:00:01.000\", \"start_ms\": 1000, \"end\": \"00:00:04.000\",\n"
     "  \"end_ms\": 4000, \"speaker\": \"1\", \"voice\": \"Ann Lee\", \"text\": \"Welcome back.\"}]\n"},
    {"assemblyai-json",
     "{\"id\": \"a\", \"audio_url\": \"https://example.org/a.mp3\", \"status\": \"completed\",\n"
     " \"words\": [{\"text\": \"Welcome\", \"start\": 1000, \"end\": 1400, \"confidence\": 0.9,\n"
     "  \"speaker\": \"A\"}]}\n"},
    {"chunks-json", "{\"text\": \" Welcome back.\", \"chunks\": [{\"timestamp\": [1.0, 4.0],\n"
                    "  \"text\": \" Welcome back.\"}]}\n"},
    {"nemo-json",
     "{\"session_id\": \"a\", \"transcription\": \"welcome\", \"words\": [{\"word\": \"welcome\",\n"
     "  \"start_time\": 1.0, \"end_time\": 1.4, \"speaker\": \"speaker_0\"}]}\n"},
    {"azure-json", "{\"recognizedPhrases\": [{\"channel\": 0, \"speaker\": 1, \"offsetInTicks\": 10000000,\n"
                   "  \"durationInTicks\": 30000000, \"nBest\": [{\"display\": \"Welcome back.\"}]}]}\n"},
    {"watson-json",
     "{\"result_index\": 0, \"results\": [{\"final\": true, \"alternatives\": [{\"transcript\":\n"
     "  \"welcome \", \"timestamps\": [[\"welcome\", 1.0, 1.4]]}]}]}\n"},
    {"elevenlabs-json",
     "{\"language_code\": \"en\", \"language_probability\": 0.9, \"text\": \"Welcome\",\n"
     " \"words\": [{\"text\": \"Welcome\", \"start\": 1.0, \"end\": 1.4, \"type\": \"word\",\n"
     "  \"speaker_id\": \"speaker_0\"}]}\n"},
    {"gladia-json", "{\"result\": {\"transcription\": {\"utterances\": [{\"start\": 1.0, \"end\": 4.0,\n"
                    "  \"speaker\": 0, \"text\": \"Welcome back.\"}]}}}\n"},
    {"youtube-json", "{\"wireMagic\": \"pb3\", \"events\": [{\"tStartMs\": 1000, \"dDurationMs\": 3000,\n"
                     "  \"segs\": [{\"utf8\": \"welcome\"}, {\"utf8\": \" back\", \"tOffsetMs\": 400}]}]}\n"},
    {"sonix-json", "{\"transcript\": [{\"speaker\": \"Ann\", \"start_time\": 1.0, \"end_time\": 4.0,\n"
                   "  \"text\": \"Welcome\", \"words\": [{\"text\": \"Welcome\", \"start_time\": 1.0,\n"
                   "  \"end_time\": 1.4}]}]}\n"},
    {"trint-json", "{\"transcript\": {\"paragraphs\": [{\"speaker\": \"Ann\", \"words\": [\n"
                   "  {\"value\": \"Welcome\", \"time\": 1000, \"duration\": 400}]}]}}\n"},
    {"happyscribe-json",
     "[{\"speaker\": \"Ann\", \"data_start\": 1.0, \"data_end\": 4.0, \"words\": [\n"
     "  {\"text\": \"Welcome\", \"type\": \"text\", \"data_start\": 1.0, \"data_end\": 1.4}]}]\n"},
    {"paper-edit-json", "{\"words\": [{\"start\": 1.0, \"end\": 1.4, \"text\": \"Welcome\"}],\n"
                        " \"paragraphs\": [{\"start\": 1.0, \"end\": 4.0, \"speaker\": \"Ann\"}]}\n"},
    {"json", "{\"items\": [{\"from\": 1.0, \"to\": 4.0, \"name\": \"Ann\", \"text\": \"Welcome back.\"}]}\n"},
    {"youtube-xml", "<?xml version=\"1.0\"?><transcript>\n"
                    "<text start=\"1.0\" dur=\"3.0\">Welcome back.</text>\n"
                    "</transcript>\n"},
};

const char *sb_transcript_example(size_t index)
{
    const sb_reader *reader = sb_reader_at(index);
    for (size_t i = 0; reader && i < sizeof examples / sizeof *examples; i++)
        if (!strcmp(examples[i].name, reader->name))
            return examples[i].text;
    return NULL;
}
