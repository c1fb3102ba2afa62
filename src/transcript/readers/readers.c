#include <string.h>

#include "base/text/text.h"
#include "soundbite/file.h"
#include "transcript/readers/readers.h"
#include "transcript/transcript.h"

static const sb_reader *const readers[] = {
    &sb_reader_turns_bracket,
    &sb_reader_srt,
    &sb_reader_vtt,
    &sb_reader_podcast_json,
    &sb_reader_whisper_tsv,
    &sb_reader_textgrid,
    &sb_reader_ctm,
    &sb_reader_stm,
    &sb_reader_rttm,
    &sb_reader_audacity,
    &sb_reader_csv,
    &sb_reader_tsv,
    &sb_reader_podcast_html,
    &sb_reader_ttml,
    &sb_reader_youtube_xml,
    &sb_reader_sbv,
    &sb_reader_subviewer,
    &sb_reader_lrc,
    &sb_reader_ass,
    &sb_reader_microdvd,
    &sb_reader_mpl2,
    &sb_reader_sami,
    &sb_reader_whisper_json,
    &sb_reader_whisperx_json,
    &sb_reader_whispercpp_json,
    &sb_reader_chunks_json,
    &sb_reader_nemo_json,
    &sb_reader_aws_json,
    &sb_reader_google_json,
    &sb_reader_azure_json,
    &sb_reader_watson_json,
    &sb_reader_vosk_json,
    &sb_reader_deepgram_json,
    &sb_reader_assemblyai_json,
    &sb_reader_speechmatics_json,
    &sb_reader_revai_json,
    &sb_reader_elevenlabs_json,
    &sb_reader_gladia_json,
    &sb_reader_podlove_json,
    &sb_reader_youtube_json,
    &sb_reader_sonix_json,
    &sb_reader_trint_json,
    &sb_reader_happyscribe_json,
    &sb_reader_editor_json,
    &sb_reader_premiere_json,
    &sb_reader_json,
    &sb_reader_teams,
    &sb_reader_turns_paren,
    &sb_reader_turns_otter,
    &sb_reader_turns_markdown,
    &sb_reader_lines_timed,
    &sb_reader_whisper_txt,
    &sb_reader_plain,
};

const sb_reader *sb_reader_at(size_t index)
{
    return index < sizeof readers / sizeof *readers ? readers[index] : NULL;
}

const char *sb_transcript_format(size_t index, const char **summary)
{
    const sb_reader *reader = sb_reader_at(index);
    if (summary)
        *summary = reader ? reader->summary : NULL;
    return reader ? reader->name : NULL;
}

/* Signatures of files that are given by mistake. */
#define MEDIA       "name the audio first and the transcript second"
#define AS_TEXT     "save the transcript as plain text first"
#define AS_CAPTIONS "export it as SRT or WebVTT first"
static const struct magic {
    size_t at;
    const char *bytes;
    size_t n_bytes;
    const char *what, *advice;
} magics[] = {{0, "ID3", 3, "an MP3 file", MEDIA},
              {0, "\xFF\xFB", 2, "an MP3 file", MEDIA},
              {0, "\xFF\xF3", 2, "an MP3 file", MEDIA},
              {0, "\xFF\xF2", 2, "an MP3 file", MEDIA},
              {0, "\xFF\xFA", 2, "an MP3 file", MEDIA},
              {0, "\xFF\xF1", 2, "an AAC file", MEDIA},
              {0, "\xFF\xF9", 2, "an AAC file", MEDIA},
              {8, "WAVE", 4, "a WAV file", MEDIA},
              {8, "AVI ", 4, "an AVI file", MEDIA},
              {0, "fLaC", 4, "a FLAC file", MEDIA},
              {0, "OggS", 4, "an Ogg file", MEDIA},
              {4, "ftyp", 4, "an MP4 or M4A file", MEDIA},
              {0, "\x1A\x45\xDF\xA3", 4, "a Matroska or WebM file", MEDIA},
              {8, "AIFF", 4, "an AIFF file", MEDIA},
              {0, "caff", 4, "a CAF file", MEDIA},
              {0, "#!AMR", 5, "an AMR file", MEDIA},
              {0, "\x30\x26\xB2\x75", 4, "a Windows Media file", MEDIA},
              {3, "STL25.01", 8, "an EBU STL caption file", AS_CAPTIONS},
              {3, "STL30.01", 8, "an EBU STL caption file", AS_CAPTIONS},
              {0, "Scenarist_SCC", 13, "a Scenarist caption file (SCC)", AS_CAPTIONS},
              {0, "%PDF", 4, "a PDF file", AS_TEXT},
              {0, "\x89PNG", 4, "a PNG picture", AS_TEXT},
              {0, "\xFF\xD8\xFF", 3, "a JPEG picture", AS_TEXT},
              {0, "GIF8", 4, "a GIF picture", AS_TEXT},
              {0, "\x1F\x8B", 2, "a gzip archive", AS_TEXT}};

static bool is_edit_list(const unsigned char *data, size_t size)
{
    size_t head = size < 400 ? size : 400;
    return size > 6 && memcmp(data, "TITLE:", 6) == 0 && memmem(data, head, "\nFCM:", 5) != NULL;
}

sb_status sb_reader_refuse_binary(const unsigned char *data, size_t size, const char *path, sb_error *err)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        const struct magic *m = &magics[i];
        if (size < m->at + m->n_bytes || memcmp(data + m->at, m->bytes, m->n_bytes) != 0)
            continue;
        return sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0, "this is %s, not a transcript; %s", m->what,
                               m->advice);
    }
    if (is_edit_list(data, size))
        return sb_error_set_at(
            err, SB_ERR_FORMAT, path, 1, 1,
            "this is an edit decision list (EDL), not a transcript; use the transcript of the programme");
    const unsigned char *zero = size && !sb_encoding_of_utf16(data, size) ? memchr(data, 0, size) : NULL;
    if (!zero)
        return SB_OK;
    return sb_error_set_at(err, SB_ERR_FORMAT, path, 0, 0,
                           "not a text file: byte %zu is zero; save the transcript as UTF-8, UTF-16 or "
                           "Windows-1252",
                           (size_t)(zero - data) + 1);
}
