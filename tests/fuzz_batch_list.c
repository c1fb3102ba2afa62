/* Reads any bytes as a list of quotes (CSV or JSON Lines) and as a manifest. A row has its error, or values
 * that a clip can be made from. Shards divide the rows. */
#include "fuzz.h"
#include "soundbite/batch.h"

static void check_row(const sb_batch_row *row)
{
    sb_error err = {0};
    require(row->line > 0);
    if (row->error.status) {
        require(row->error.message[0]);
        return;
    }
    require(row->audio && *row->audio);
    require(sb_selection_check(&row->selection, &err) == SB_OK);
    require(sb_clip_params_check(&row->clip, &err) == SB_OK);
    for (size_t i = 0; i < row->names.n_aliases; i++)
        require(sb_alias_check(row->names.aliases[i], &err) == SB_OK);
    if (row->template_text) {
        sb_template *tmpl = NULL;
        sb_status status = sb_template_read(&tmpl, row->template_text, &err);
        require_outcome(status, &err, tmpl != NULL);
        sb_template_free(&tmpl);
    }
}

/* Each row is in one of three shards. */
static void check_shards(const sb_batch_list *list)
{
    bool *mine = calloc(list->n_rows + 1, sizeof *mine);
    int *n_shards = calloc(list->n_rows + 1, sizeof *n_shards);
    require(mine && n_shards);
    for (size_t shard = 1; shard <= 3; shard++) {
        require(sb_batch_list_shard(mine, list, shard, 3, NULL) == SB_OK);
        for (size_t i = 0; i < list->n_rows; i++)
            n_shards[i] += mine[i];
    }
    for (size_t i = 0; i < list->n_rows; i++)
        require(n_shards[i] == 1);
    free(mine);
    free(n_shards);
}

static void check_manifest(const uint8_t *data, size_t size)
{
    sb_manifest *manifest = NULL;
    sb_error err = {0};
    sb_clip_result planned = {
        .file = strdup("clips/1.wav"), .id = strdup("q1"), .codec = strdup("pcm_s16le")};
    sb_status status = sb_manifest_read(&manifest, data, size, &err);
    require_outcome(status, &err, manifest != NULL);
    if (manifest)
        sb_manifest_recall(manifest, &planned);
    sb_clip_result_finish(&planned);
    sb_manifest_free(&manifest);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sb_batch_list *list = NULL;
    sb_notes notes = {0};
    sb_error err = {0};
    sb_status status = sb_batch_list_read(&list, data, size, NULL, NULL, &notes, &err);
    require_outcome(status, &err, list != NULL);
    for (size_t i = 0; list && i < list->n_rows; i++)
        check_row(&list->rows[i]);
    if (list)
        check_shards(list);
    check_manifest(data, size);
    sb_notes_finish(&notes);
    sb_batch_list_free(&list);
    return 0;
}
