#include "option/option.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#define CHOICES(function, ...)                                                                               \
    static const char *function(size_t i)                                                                    \
    {                                                                                                        \
        static const char *const names[] = {__VA_ARGS__};                                                    \
        return i < sizeof names / sizeof names[0] ? names[i] : NULL;                                         \
    }

CHOICES(method_names, "auto", "acoustic", "energy")
CHOICES(expand_names, "none", "sentence", "turn")
CHOICES(loudness_of_names, "clip", "speaker", "episode")

static const char *drop_name(size_t i)
{
    return i < 2 ? sb_drop_print(1u << i) : NULL;
}

static const char *frame_rate_name(size_t i)
{
    return sb_export_frame_rate(i, NULL);
}

static const char *profile_name(size_t i)
{
    const sb_profile *profile = sb_profile_at(i);
    size_t n = 0;
    if (profile)
        return profile->name;
    while (sb_profile_at(n))
        n++;
    return sb_profile_alias(i - n, NULL);
}

#define COUNT_MAX 1e9
#define DAY_S     86400

#define SECONDS(time) ((double)(time) / (double)SB_TIME_SECOND)

#define AT(params, member)  .at = offsetof(params, member)
#define HAS(params, member) .has = offsetof(params, member)

static const sb_option_row rows[] = {
    {{.name = "phrase",
      .type = SB_OPTION_TEXT,
      .group = SB_OPTION_SELECTION,
      .argument = "TEXT",
      .repeats = true,
      .help = "Find quotes that contain TEXT as whole words. Case, accents, punctuation and hyphens are "
              "ignored. Numbers match in words and in digits, also as a part of a longer number. Signs that "
              "are part of a word count: C++ does not match C."},
     .type = SB_FIELD_STRINGS,
     .merge = SB_MERGE_ALL,
     AT(sb_selection, phrases),
     HAS(sb_selection, n_phrases)},
    {{.name = "near",
      .field = "near",
      .type = SB_OPTION_TEXT,
      .group = SB_OPTION_SELECTION,
      .argument = "TEXT",
      .repeats = true,
      .help = "Find passages that have all words of TEXT close together, in any order and form: 'valve' "
              "finds 'valves'. Very common words such as 'the' may be missing. The best matches come first."},
     .type = SB_FIELD_STRINGS,
     .merge = SB_MERGE_ALL,
     AT(sb_selection, near),
     HAS(sb_selection, n_near)},
    {{.name = "sounds-like",
      .field = "sounds",
      .type = SB_OPTION_TEXT,
      .group = SB_OPTION_SELECTION,
      .argument = "TEXT",
      .repeats = true,
      .help = "Find passages that sound like TEXT, such as words that the transcriber misheard: 'fern "
              "neutron' finds 'fair new turn'. The best matches come first."},
     .type = SB_FIELD_STRINGS,
     .merge = SB_MERGE_ALL,
     AT(sb_selection, sounds),
     HAS(sb_selection, n_sounds)},
    {{.name = "regex",
      .type = SB_OPTION_TEXT,
      .group = SB_OPTION_SELECTION,
      .argument = "PCRE",
      .repeats = true,
      .help = "Find quotes that match a Perl-compatible regular expression. Case is ignored. A change of "
              "speaker is a line feed: '^' and '$' match there, a blank, \\s, \\W and [^a] match it, and "
              "'.' does not."},
     .type = SB_FIELD_STRINGS,
     .merge = SB_MERGE_ALL,
     AT(sb_selection, regexes),
     HAS(sb_selection, n_regexes)},
    {{.name = "speaker",
      .type = SB_OPTION_TEXT,
      .group = SB_OPTION_SELECTION,
      .argument = "NAME",
      .repeats = true,
      .help =
          "Find quotes of this speaker. Case and accents are ignored, and * matches any text. A part of "
          "the name, such as the surname or 'tob', is enough if only one speaker has it; whole words of a "
          "name count before parts of words."},
     .type = SB_FIELD_STRINGS,
     .merge = SB_MERGE_ALL,
     AT(sb_selection, speakers),
     HAS(sb_selection, n_speakers)},
    {{.name = "alias",
      .field = "aliases",
      .type = SB_OPTION_ALIAS,
      .group = SB_OPTION_NAMES,
      .argument = "OLD=NEW",
      .repeats = true,
      .help = "Rename the speaker OLD to NEW. Case and accents of OLD are ignored, and * in it matches any "
              "text. =NEW names all turns without a name. OLD= removes the name. Each turn is renamed once, "
              "by the first alias that matches. An alias that matches no speaker is an error."},
     .type = SB_FIELD_STRINGS,
     .merge = SB_MERGE_ALL,
     AT(sb_names_params, aliases),
     HAS(sb_names_params, n_aliases)},
    {{.name = "from",
      .field = "from",
      .type = SB_OPTION_TIME,
      .group = SB_OPTION_SELECTION,
      .argument = "TIME",
      .most = HUGE_VAL,
      .help = "Begin at TIME. {from} and {until} alone select one passage with everything between them. Its "
              "edges are in the pause or at the word nearest to TIME. With {phrase}, {regex}, {speaker}, a "
              "length or {each}, find quotes that start at TIME or later."},
     .type = SB_FIELD_TIME,
     .merge = SB_MERGE_LEAST,
     AT(sb_selection, from),
     HAS(sb_selection, has_from)},
    {{.name = "until",
      .field = "until",
      .type = SB_OPTION_TIME,
      .group = SB_OPTION_SELECTION,
      .argument = "TIME",
      .most = HUGE_VAL,
      .help = "End at TIME; see {from}."},
     .type = SB_FIELD_TIME,
     .merge = SB_MERGE_GREATEST,
     AT(sb_selection, until),
     HAS(sb_selection, has_until)},
    {{.name = "from-phrase",
      .field = "from_phrase",
      .type = SB_OPTION_TEXT,
      .group = SB_OPTION_SELECTION,
      .argument = "TEXT",
      .help = "Begin with the words TEXT. If they are said more than once, add {from} to select the first "
              "place after a time."},
     .type = SB_FIELD_STRING,
     AT(sb_selection, from_phrase)},
    {{.name = "until-phrase",
      .field = "until_phrase",
      .type = SB_OPTION_TEXT,
      .group = SB_OPTION_SELECTION,
      .argument = "TEXT",
      .help = "End with the words TEXT: at the first place after the start or, with {until}, at the last "
              "place before that time."},
     .type = SB_FIELD_STRING,
     AT(sb_selection, until_phrase)},
    {{.name = "each",
      .type = SB_OPTION_FLAG,
      .group = SB_OPTION_SELECTION,
      .help = "Make a separate quote of every turn between {from} and {until}, instead of one passage."},
     .type = SB_FIELD_BOOL,
     AT(sb_selection, each)},
    {{.name = "min-length",
      .field = "min_length",
      .type = SB_OPTION_TIME,
      .group = SB_OPTION_SELECTION,
      .argument = "TIME",
      .most = HUGE_VAL,
      .help = "Find quotes that last TIME or longer, measured after {expand}."},
     .type = SB_FIELD_TIME,
     .merge = SB_MERGE_LEAST,
     AT(sb_selection, min_length)},
    {{.name = "max-length",
      .field = "max_length",
      .type = SB_OPTION_TIME,
      .group = SB_OPTION_SELECTION,
      .argument = "TIME",
      .most = HUGE_VAL,
      .help = "Find quotes that last TIME or less, measured after {expand}."},
     .type = SB_FIELD_TIME,
     .merge = SB_MERGE_GREATEST,
     AT(sb_selection, max_length),
     HAS(sb_selection, has_max_length)},
    {{.name = "expand",
      .type = SB_OPTION_CHOICE,
      .group = SB_OPTION_SELECTION,
      .argument = "UNIT",
      .choice = expand_names,
      .help = "Extend each quote to whole sentences or to the whole turn (default: none for {phrase} and "
              "{regex}, else turn)."},
     .type = SB_FIELD_ENUM,
     .first = SB_EXPAND_NONE,
     AT(sb_selection, expand)},
    {{.name = "fuzzy",
      .field = "fuzzy",
      .type = SB_OPTION_WHOLE,
      .group = SB_OPTION_SELECTION,
      .argument = "N",
      .most = 100,
      .help = "Accept a phrase if up to N percent of its words differ, from {least} to {most} (default "
              "{default})."},
     .type = SB_FIELD_INT,
     .merge = SB_MERGE_GREATEST,
     AT(sb_selection, fuzzy)},
    {{.name = "limit",
      .type = SB_OPTION_WHOLE,
      .group = SB_OPTION_SELECTION,
      .argument = "N",
      .least = 1,
      .most = COUNT_MAX,
      .help = "Keep only the first N quotes."},
     .type = SB_FIELD_SIZE,
     .merge = SB_MERGE_GREATEST,
     AT(sb_selection, limit)},
    {{.name = "match",
      .type = SB_OPTION_RANGES,
      .group = SB_OPTION_SELECTION,
      .argument = "N[,N-M]",
      .least = 1,
      .most = COUNT_MAX,
      .repeats = true,
      .help = "Keep only quote number N, counted from 1, or several, such as 2,5-7."},
     .type = SB_FIELD_MATCHES,
     .merge = SB_MERGE_ALL},
    {{.name = "lead",
      .field = "lead",
      .type = SB_OPTION_TIME,
      .group = SB_OPTION_CLIP,
      .argument = "TIME",
      .most = 60,
      .usual = SECONDS(SB_CUT_LEAD),
      .help = "Keep TIME of the pause before the speech, at most {most} (default {default}). The clip never "
              "contains neighbouring words."},
     .type = SB_FIELD_TIME,
     AT(sb_clip_params, cut.lead),
     HAS(sb_clip_params, cut.has_lead)},
    {{.name = "tail",
      .field = "tail",
      .type = SB_OPTION_TIME,
      .group = SB_OPTION_CLIP,
      .argument = "TIME",
      .most = 60,
      .usual = SECONDS(SB_CUT_TAIL),
      .help = "Keep TIME of the pause after the speech, at most {most} (default {default}). The clip never "
              "contains neighbouring words."},
     .type = SB_FIELD_TIME,
     AT(sb_clip_params, cut.tail),
     HAS(sb_clip_params, cut.has_tail)},
    {{.name = "fade",
      .field = "fade",
      .type = SB_OPTION_TIME,
      .group = SB_OPTION_CLIP,
      .argument = "TIME",
      .most = 10,
      .usual = SECONDS(SB_CUT_FADE),
      .help = "Fade in and out over TIME, within the pause, at most {most} (default {default})."},
     .type = SB_FIELD_TIME,
     AT(sb_clip_params, cut.fade),
     HAS(sb_clip_params, cut.has_fade)},
    {{.name = "loudness",
      .field = "loudness_lufs",
      .off_field = "keep_level",
      .type = SB_OPTION_NUMBER,
      .group = SB_OPTION_CLIP,
      .argument = "LUFS|off",
      .instead = "off",
      .least = -70,
      .most = 0,
      .usual = SB_LOUDNESS_SOUND,
      .help = "Set the integrated loudness of each clip, from {least} to {most} LUFS (default {default}, for "
              "videos -14). off keeps the level of the source. Mono is measured as if it played on two "
              "loudspeakers. More than two channels that are microphones are measured as their sum, as if "
              "it played on two loudspeakers."},
     .type = SB_FIELD_DOUBLE,
     AT(sb_clip_params, loudness_lufs),
     HAS(sb_clip_params, has_loudness_lufs),
     .off = offsetof(sb_clip_params, keep_level)},
    {{.name = "loudness-of",
      .field = "loudness_of",
      .type = SB_OPTION_CHOICE,
      .group = SB_OPTION_CLIP,
      .argument = "WHAT",
      .choice = loudness_of_names,
      .help = "Measure the loudness of each clip (the default), of everything that its speaker says in the "
              "episode, or of the whole episode. With speaker or episode, clips keep their relative levels, "
              "and the audio is read once more."},
     .type = SB_FIELD_ENUM,
     .first = SB_LOUDNESS_OF_CLIP,
     AT(sb_clip_params, loudness_of)},
    {{.name = "true-peak",
      .field = "true_peak_db",
      .type = SB_OPTION_NUMBER,
      .group = SB_OPTION_CLIP,
      .argument = "DBTP",
      .least = -20,
      .most = 0,
      .usual = SB_TRUE_PEAK,
      .help = "Never raise the true peak of a clip above DBTP, from {least} to {most} dBTP (default "
              "{default})."},
     .type = SB_FIELD_DOUBLE,
     AT(sb_clip_params, true_peak_db),
     HAS(sb_clip_params, has_true_peak_db)},
    {{.name = "rate",
      .field = "sample_rate",
      .type = SB_OPTION_WHOLE,
      .group = SB_OPTION_CLIP,
      .argument = "HZ",
      .least = 8000,
      .most = 192000,
      .thousands = true,
      .help = "Resample to HZ, from {least} to {most} (default: the rate of the source)."},
     .type = SB_FIELD_INT,
     AT(sb_clip_params, sample_rate)},
    {{.name = "channels",
      .field = "channels",
      .type = SB_OPTION_WHOLE,
      .group = SB_OPTION_CLIP,
      .argument = "N",
      .least = 1,
      .most = 64,
      .help = "Mix to 1 or 2 channels. The default is the channels of the source if the format supports "
              "them. A larger N must be the number of channels of the source."},
     .type = SB_FIELD_INT,
     AT(sb_clip_params, channels)},
    {{.name = "bitrate",
      .field = "bit_rate",
      .type = SB_OPTION_WHOLE,
      .group = SB_OPTION_CLIP,
      .argument = "BITS",
      .least = 6000,
      .most = 512000,
      .thousands = true,
      .help = "Encode mp3, m4a and opus at BITS per second, from {least} to {most}. The default is 128k for "
              "stereo and 96k for mono; for opus it is 96k and 64k."},
     .type = SB_FIELD_INT64,
     AT(sb_clip_params, bit_rate)},
    {{.name = "captions",
      .type = SB_OPTION_SET,
      .group = SB_OPTION_CLIP,
      .argument = "FORMAT",
      .choice = sb_clip_captions_format,
      .repeats = true,
      .help = "Write a caption file of this format next to each clip. Its times start at the beginning of "
              "the clip. ass highlights each word while it is spoken. For several formats, separate them "
              "with commas or repeat the option."},
     .type = SB_FIELD_BITS,
     .merge = SB_MERGE_ALL,
     AT(sb_clip_params, captions)},
    {{.name = "caption-names",
      .type = SB_OPTION_FLAG,
      .group = SB_OPTION_CLIP,
      .help = "Show the speaker's name in captions."},
     .type = SB_FIELD_BOOL,
     AT(sb_clip_params, caption_names)},
    {{.name = "strict",
      .field = "strict",
      .type = SB_OPTION_FLAG,
      .group = SB_OPTION_CLIP,
      .help = "Do not keep clips whose certificate fails, and cut nothing if it is uncertain whether the "
              "transcript belongs to the audio. Both are then errors instead of warnings. A montage also "
              "leaves such quotes out."},
     .type = SB_FIELD_BOOL,
     AT(sb_clip_params, strict)},
    {{.name = "no-certificate",
      .field = "no_certificate",
      .type = SB_OPTION_FLAG,
      .group = SB_OPTION_CLIP,
      .help = "Do not check the written clips. Their manifest records then have no certificate."},
     .type = SB_FIELD_BOOL,
     AT(sb_clip_params, no_certificate)},
    {{.name = "copy",
      .field = "copy",
      .type = SB_OPTION_FLAG,
      .group = SB_OPTION_CLIP,
      .help = "Copy the source's packets without decoding them. The output must have the format of the "
              "source: wav, flac, mp3, m4a or aac, opus. The level is not changed and there is no fade. A "
              "warning gives the distance of each edge from the requested cut."},
     .type = SB_FIELD_BOOL,
     AT(sb_clip_params, copy)},
    {{.name = "video",
      .field = "shape",
      .type = SB_OPTION_CHOICE,
      .group = SB_OPTION_CLIP,
      .argument = "SHAPE",
      .choice = sb_video_shape_name,
      .help = "Make videos of this shape, with captions that highlight the spoken word. The names of the "
              "clips must end in .mp4. source uses the pictures of the source file. source:9:16, source:1:1 "
              "and so on use only their middle."},
     .type = SB_FIELD_ENUM,
     .first = SB_VIDEO_9_16,
     AT(sb_clip_params, video.shape)},
    {{.name = "for",
      .field = "profile",
      .type = SB_OPTION_CHOICE,
      .group = SB_OPTION_CLIP,
      .argument = "PROFILE",
      .choice = profile_name,
      .help = "Use the shape, loudness and bitrates of PROFILE. A warning names clips that are too short or "
              "too long for it."},
     .type = SB_FIELD_PROFILE,
     AT(sb_clip_params, profile)},
    {{.name = "background",
      .field = "background",
      .type = SB_OPTION_FILE,
      .group = SB_OPTION_CLIP,
      .argument = "COLOR|IMAGE",
      .help = "Set the background of the video (default: the cover art of the audio, else a colour). It is a "
              "colour such as '#102030' or navy, or an image. An image is darkened so that text can be "
              "read."},
     .type = SB_FIELD_STRING,
     AT(sb_clip_params, video.background)},
    {{.name = "title",
      .field = "title",
      .type = SB_OPTION_TEXT,
      .group = SB_OPTION_CLIP,
      .argument = "TEXT",
      .help = "Show TEXT as the title of the video (default: the title of the episode)."},
     .type = SB_FIELD_STRING,
     AT(sb_clip_params, video.title)},
    {{.name = "theme",
      .type = SB_OPTION_FILE,
      .group = SB_OPTION_CLIP,
      .argument = "FILE",
      .help = "Read fonts, colours and positions of videos from FILE. soundbite-theme(5) describes it."},
     .type = SB_FIELD_STRING,
     AT(sb_clip_params, video.theme)},
    {{.name = "style",
      .field = "style",
      .type = SB_OPTION_CHOICE,
      .group = SB_OPTION_CLIP,
      .argument = "STYLE",
      .choice = sb_video_style_name,
      .help = "Set how captions of videos look (default: the theme's, else karaoke). karaoke gives the "
              "spoken word another colour. box draws a box behind each line and a coloured box behind the "
              "spoken word. pop shows each word when it is spoken. plain highlights no word."},
     .type = SB_FIELD_ENUM,
     .first = SB_VIDEO_KARAOKE,
     AT(sb_clip_params, video.style)},
    {{.name = "uppercase",
      .field = "uppercase",
      .type = SB_OPTION_FLAG,
      .group = SB_OPTION_CLIP,
      .help = "Write the captions of videos in capitals, by the rules of the transcript's language."},
     .type = SB_FIELD_BOOL,
     AT(sb_clip_params, video.uppercase)},
    {{.name = "logo",
      .field = "logo",
      .type = SB_OPTION_FILE,
      .group = SB_OPTION_CLIP,
      .argument = "IMAGE",
      .help = "Show IMAGE in a corner of the video: at the top right, unless the theme says otherwise. Its "
              "transparency is kept."},
     .type = SB_FIELD_STRING,
     AT(sb_clip_params, video.logo)},
    {{.name = "draft",
      .field = "draft",
      .type = SB_OPTION_FLAG,
      .group = SB_OPTION_CLIP,
      .help = "Make preview videos quickly: half the width, half the height, half the frame rate and no "
              "certificate. Captions break at the same places."},
     .type = SB_FIELD_BOOL,
     AT(sb_clip_params, video.draft)},
    {{.name = "drop",
      .field = "drop",
      .type = SB_OPTION_SET,
      .group = SB_OPTION_CLIP,
      .argument = "KINDS",
      .choice = drop_name,
      .instead = "off",
      .help = "Cut words out of the quotes. KINDS is fillers (um, uh, you know), repeats (the the, I think I "
              "think), or both as fillers,repeats. A word stays if the cut would be audible. The manifest "
              "lists every cut."},
     .type = SB_FIELD_BITS,
     AT(sb_clip_params, drop)},
    {{.name = "gap",
      .field = "gap",
      .type = SB_OPTION_TIME,
      .group = SB_OPTION_MONTAGE,
      .argument = "TIME",
      .most = 60,
      .usual = SECONDS(SB_MONTAGE_GAP),
      .help = "Put TIME of room tone between joined quotes, at most {most} (default {default}; quotes that "
              "follow each other in the episode keep the pause between them)."},
     .type = SB_FIELD_TIME,
     AT(sb_montage_params, gap),
     HAS(sb_montage_params, has_gap)},
    {{.name = "crossfade",
      .field = "crossfade",
      .type = SB_OPTION_TIME,
      .group = SB_OPTION_MONTAGE,
      .argument = "TIME",
      .most = 60,
      .help = "Crossfade joined quotes over TIME instead of leaving a gap, at most {most}. Only pauses are "
              "crossfaded, so {lead} and {tail} must be long enough."},
     .type = SB_FIELD_TIME,
     AT(sb_montage_params, crossfade),
     HAS(sb_montage_params, has_crossfade)},
    {{.name = "method",
      .type = SB_OPTION_CHOICE,
      .group = SB_OPTION_ALIGN,
      .argument = "METHOD",
      .choice = method_names,
      .help = "Choose how to align (default auto). acoustic finds each word by its sound; it needs an "
              "acoustic model. energy finds each turn by pauses; it works in any language. auto uses "
              "acoustic if a model can handle the language, else energy. The alignment records the reason."},
     .type = SB_FIELD_ENUM,
     .first = SB_METHOD_AUTO,
     AT(sb_align_params, method)},
    {{.name = "language",
      .type = SB_OPTION_LANGUAGE,
      .group = SB_OPTION_ALIGN,
      .argument = "CODE",
      .help = "Set the language of the transcript, as a code such as en, de or pt-BR (default: the language "
              "that the transcript names, else detected from its text)."},
     .type = SB_FIELD_STRING,
     AT(sb_align_params, language)},
    {{.name = "acoustic-model",
      .type = SB_OPTION_FOLDER,
      .group = SB_OPTION_ALIGN,
      .argument = "DIR",
      .help = "Use the CMU Sphinx acoustic model in the folder DIR (default: the installed model). The "
              "folder must contain mdef and feat.params."},
     .type = SB_FIELD_STRING,
     AT(sb_align_params, acoustic_model)},
    {{.name = "allow-mismatch",
      .type = SB_OPTION_FLAG,
      .group = SB_OPTION_ALIGN,
      .help = "Continue with a warning if the transcript does not belong to the audio (default: stop with an "
              "error)."},
     .type = SB_FIELD_BOOL,
     AT(sb_align_params, allow_mismatch)},
    {{.name = "stream",
      .field = "stream",
      .type = SB_OPTION_WHOLE,
      .group = SB_OPTION_MEDIA,
      .argument = "N",
      .most = 1000,
      .help = "Use stream N of the media file, counted from 0 (default: the best audio stream)."},
     .type = SB_FIELD_INT,
     AT(sb_media_params, stream),
     HAS(sb_media_params, has_stream)},
    {{.name = "jobs",
      .type = SB_OPTION_WHOLE,
      .group = SB_OPTION_RENDER,
      .argument = "N",
      .least = 1,
      .most = 256,
      .help = "Work on N clips or episodes in parallel, from {least} to {most} (default: the number of "
              "cores)."},
     .type = SB_FIELD_INT,
     AT(sb_render_params, jobs)},
    {{.name = "force",
      .field = "overwrite",
      .type = SB_OPTION_FLAG,
      .group = SB_OPTION_RENDER,
      .help = "Overwrite existing files."},
     .type = SB_FIELD_BOOL,
     AT(sb_render_params, overwrite)},
    {{.name = "dry-run",
      .type = SB_OPTION_FLAG,
      .group = SB_OPTION_RENDER,
      .help = "Print what would be written, and write nothing."},
     .type = SB_FIELD_BOOL,
     AT(sb_render_params, dry_run)},
    {{.name = "max-drift",
      .field = "max_drift",
      .type = SB_OPTION_TIME,
      .group = SB_OPTION_DRIFT,
      .argument = "TIME",
      .most = DAY_S,
      .usual = SECONDS(SB_MAX_DRIFT),
      .help = "Report drift if a timestamp is wrong by more than TIME (default {default})."},
     .type = SB_FIELD_TIME,
     AT(sb_drift_params, max_drift),
     HAS(sb_drift_params, has_max_drift)},
    {{.name = "fps",
      .field = "frame",
      .type = SB_OPTION_CHOICE,
      .group = SB_OPTION_EXPORT,
      .argument = "RATE",
      .choice = frame_rate_name,
      .help = "Set the frame rate of the project in frames per second, for edl and fcpxml (default 25)."},
     .type = SB_FIELD_FRAME,
     AT(sb_export_params, frame)},
};
#define N_ROWS (sizeof rows / sizeof rows[0])

_Static_assert(N_ROWS < SB_OPTIONS_MAX, "SB_OPTIONS_MAX is too small");

const sb_option *sb_option_at(size_t index)
{
    return index < N_ROWS ? &rows[index].option : NULL;
}

const sb_option_row *sb_option_row_of(const sb_option *option)
{
    for (size_t i = 0; i < N_ROWS; i++)
        if (option == &rows[i].option)
            return &rows[i];
    return NULL;
}

size_t sb_option_row_index(const sb_option_row *row)
{
    return (size_t)(row - rows);
}

bool sb_option_is_name(const char *text, const char *name)
{
    for (; *text && *name; text++, name++) {
        bool is_capital = *text >= 'A' && *text <= 'Z';
        if ((*text == '_' ? '-' : is_capital ? *text + ('a' - 'A') : *text) != *name)
            return false;
    }
    return *text == *name;
}

const sb_option *sb_option_find(const char *name)
{
    for (size_t i = 0; i < N_ROWS; i++)
        if (sb_option_is_name(name, rows[i].option.name))
            return &rows[i].option;
    return NULL;
}
