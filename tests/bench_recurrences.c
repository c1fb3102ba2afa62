/* Prints what recurs in recordings: bench_recurrences AUDIO... One line a place: item, recording, start and
 * end in seconds. Then a line with the user time of the fingerprints and of the search, in seconds. */
#include "soundbite/fingerprint.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

static double user_s(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_utime.tv_sec + 1e-6 * (double)usage.ru_utime.tv_usec;
}

static void print_places(const sb_recurrences *found)
{
    for (size_t i = 0; i < found->n_items; i++)
        for (size_t j = 0; j < found->items[i].n_places; j++) {
            const sb_recurrence_place *place = &found->items[i].places[j];
            printf("%zu %zu %.3f %.3f\n", i, place->recording, sb_time_to_seconds(place->start),
                   sb_time_to_seconds(place->end));
        }
}

int main(int argc, char **argv)
{
    size_t n = (size_t)argc - 1;
    sb_fingerprint *prints = calloc(n + 1, sizeof *prints);
    sb_error err = {0};
    sb_recurrences found = {0};
    sb_status status = prints ? SB_OK : SB_ERR_MEMORY;
    double before = user_s();
    for (size_t i = 0; status == SB_OK && i < n; i++)
        status = sb_fingerprint_file(&prints[i], argv[i + 1], NULL, &err);
    double printed = user_s();
    if (status == SB_OK)
        status = sb_recurrences_find(&found, prints, n, NULL, &err);
    if (status == SB_OK) {
        print_places(&found);
        printf("%.3f %.3f\n", printed - before, user_s() - printed);
    } else {
        fprintf(stderr, "%s\n", err.message);
    }
    for (size_t i = 0; prints && i < n; i++)
        sb_fingerprint_finish(&prints[i]);
    free(prints);
    sb_recurrences_finish(&found);
    return status != SB_OK;
}
