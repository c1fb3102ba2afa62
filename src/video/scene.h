/* Drawing the pictures of a video one after the other. */
#ifndef SB_VIDEO_SCENE_H
#define SB_VIDEO_SCENE_H

#include "video/film.h"
#include "video/yuv.h"

typedef struct sb_scene sb_scene;

/* Draws everything that does not move. Returns the statuses of sb_film_open. */
sb_status sb_scene_create(sb_scene **out, const sb_film_params *params, sb_notes *notes, sb_error *err);
void sb_scene_free(sb_scene **scene);

/* Gives the size and the rate of the pictures. */
void sb_scene_form(const sb_scene *scene, sb_mp4_params *out);

/* Returns the number of pictures. */
int64_t sb_scene_length(const sb_scene *scene);

/* Draws picture `index`. The result is valid until the next call. Only what has changed since the call before
 * is drawn again. Fails only for pictures from the file, with the statuses of sb_pictures_at. */
sb_status sb_scene_draw(const sb_yuv **out, sb_scene *scene, int64_t index, sb_error *err);

#endif
