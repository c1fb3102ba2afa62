#include "base/text/fold.h"
#include "transcript/tables/tables.h"

#include <stdlib.h>
#include <string.h>

#define MAX_NAME  120
#define MAX_WORDS 12

/* The meaning of a word in the name of a column. */
typedef enum word_sense {
    SENSE_NONE,
    SENSE_START,
    SENSE_END,
    SENSE_LENGTH,
    SENSE_TIME,
    SENSE_SPEAKER,
    SENSE_NAME,
    SENSE_TEXT,
    SENSE_REMARK,
    SENSE_FILE,
    SENSE_NUMBER,
    SENSE_MS,
    SENSE_SECONDS,
    SENSE_CLOCK,
    SENSE_COUNT, /* frames or samples, whose rate is not known */
    SENSE_OTHER,
    N_SENSES
} word_sense;

/* Folded words: in lower case and without accents. */
static const struct {
    word_sense sense;
    const char *words;
} senses[] = {
    {SENSE_START,
     " start starts starttime begin begins begintime beginning in tcin timein from since onset inpoint "
     "startzeit start_time "
     "anfang anfangszeit beginn von ab debut deb desde inicio entrada comienzo comeco inizio da van fra "
     "poczatek zacatek начало от 開始 開始時間 開始時刻 开始 开始时间 開始時間碼 시작 "},
    {SENSE_END,
     " end ends endtime stop stops stoptime out tcout timeout to until till offset outpoint ending finish "
     "ende endzeit bis fin final hasta salida fine fim ate einde eind tot til slutt slut koniec konec "
     "конец до 終了 終了時間 終了時刻 结束 结束时间 結束 "},
    {SENSE_LENGTH,
     " length duration dur dauer lange laenge duree duracion durata duracao duur длительность 長さ 时长 "},
    {SENSE_TIME,
     " time timespan timerange location timestamp timestamps timecode time_code tc position stamp at zeit "
     "zeitstempel zeitmarke zeitcode "
     "temps horodatage tiempo hora marca tempo minutage tijd tijdcode время таймкод 時間 時刻 时间 "},
    {SENSE_SPEAKER,
     " speaker speakers who sender author user username person talker voice character participant actor role "
     "interviewee tier speakerid "
     "speakername sprecher sprecherin sprechername person redner locuteur locutrice intervenant hablante "
     "orador locutor falante interlocutor rotulo parlante relatore oratore spreker speler taler mowca mluvci "
     "спикер говорящии 話者 说话人 發言人 发言人 講者 화자 "},
    {SENSE_NAME, " name nom nombre nome naam имя label title 名前 姓名 "},
    {SENSE_TEXT,
     " text transcript transcription content contents caption captions line dialogue dialog utterance "
     "utterances subtitle subtitles sentence sentences speech segment segmenttext said spoken word token "
     "annotation annotations body message transcribed transkript transkription untertitel gesprochen satz "
     "inhalt wortlaut "
     "wort texte contenu transcripcion texto contenido dialogo subtitulo frase palabra testo contenuto "
     "trascrizione parola transcricao conteudo legenda tekst текст реплика "
     "文本 文字 内容 內容 字幕 台词 テキスト 発言 本文 텍스트 "},
    {SENSE_REMARK,
     " description comment comments note notes words value marker remark beschreibung kommentar bemerkung "
     "descripcion comentario descrizione commento description commentaire descricao "},
    {SENSE_FILE, " audio file filename filepath path url media video wav mp3 clip source recording uri href "
                 "datei fichier "
                 "archivo arquivo "},
    {SENSE_NUMBER, " number no nr num id index idx count total lang language confidence score "},
    {SENSE_MS, " ms msec msecs millis millisecond milliseconds millisekunden "},
    {SENSE_SECONDS, " s sec secs second seconds ss sekunden secondes segundos secondi "},
    {SENSE_COUNT, " frame frames sample samples reference "},
    {SENSE_CLOCK, " hh mm hhmmss ff "},
};

static word_sense sense_of(const char *word, size_t size)
{
    char padded[MAX_NAME + 3];
    if (size > MAX_NAME)
        return SENSE_OTHER;
    padded[0] = ' ';
    memcpy(padded + 1, word, size);
    memcpy(padded + 1 + size, " ", 2);
    for (size_t i = 0; i < sizeof senses / sizeof *senses; i++)
        if (strstr(senses[i].words, padded))
            return senses[i].sense;
    return SENSE_OTHER;
}

/* Copies the name with a blank between the words of "startTime". */
static void part_words(char out[MAX_NAME], const char *name)
{
    size_t n = 0;
    for (const char *c = name; *c && n + 2 < MAX_NAME; c++) {
        if (c > name && *c >= 'A' && *c <= 'Z' && c[-1] >= 'a' && c[-1] <= 'z')
            out[n++] = ' ';
        out[n++] = *c;
    }
    out[n] = 0;
}

static bool is_separator(char c)
{
    return (unsigned char)c < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
}

static void count_senses(int counts[N_SENSES], const char *folded)
{
    for (size_t at = 0, n = 0; folded[at]; at++) {
        while (folded[at + n] && !is_separator(folded[at + n]))
            n++;
        if (n > 0)
            counts[sense_of(folded + at, n)]++;
        at += n;
        n = 0;
        if (!folded[at])
            break;
    }
}

static sb_time unit_of(const int counts[N_SENSES])
{
    if (counts[SENSE_CLOCK])
        return 0;
    if (counts[SENSE_SECONDS])
        return SB_TIME_SECOND;
    return counts[SENSE_MS] ? SB_TIME_MS : 0;
}

static sb_column_kind likeliest_kind(const int counts[N_SENSES])
{
    bool is_number = counts[SENSE_NUMBER] > 0 || counts[SENSE_COUNT] > 0, is_time = counts[SENSE_TIME] > 0;
    if (counts[SENSE_SPEAKER] && !counts[SENSE_END] && !counts[SENSE_LENGTH] && !is_time)
        return SB_COLUMN_SPEAKER;
    if (counts[SENSE_TEXT] && !is_number && !is_time && !counts[SENSE_END] && !counts[SENSE_LENGTH] &&
        !(counts[SENSE_START] && counts[SENSE_TEXT] == 1 && counts[SENSE_OTHER] == 0))
        return counts[SENSE_FILE] ? SB_COLUMN_FILE : SB_COLUMN_TEXT;
    if (is_number)
        return SB_COLUMN_OTHER;
    if (counts[SENSE_END])
        return SB_COLUMN_END;
    if (counts[SENSE_LENGTH])
        return SB_COLUMN_LENGTH;
    if (counts[SENSE_START])
        return SB_COLUMN_START;
    if (is_time)
        return SB_COLUMN_TIME;
    if (counts[SENSE_FILE])
        return SB_COLUMN_FILE;
    if (counts[SENSE_NAME])
        return SB_COLUMN_NAME;
    return counts[SENSE_REMARK] ? SB_COLUMN_REMARK : SB_COLUMN_OTHER;
}

sb_column sb_column_read(const char *name)
{
    char parted[MAX_NAME];
    int counts[N_SENSES] = {0};
    part_words(parted, name);
    char folded[4 * MAX_NAME];
    sb_fold_to(folded, sizeof folded, parted);
    count_senses(counts, folded);
    return (sb_column){likeliest_kind(counts), unit_of(counts)};
}
