/* The pictures of a video, one after the other. */
#ifndef SB_VIDEO_SCENE_H
#define SB_VIDEO_SCENE_H

#include "video/film.h"
#include "video/yuv.h"

typedef struct sb_scene sb_scene;

/* Draws all that does not move. As sb_film_open. */
sb_status sb_scene_create(sb_scene **out, const sb_film_params *params, sb_notes *notes, sb_error *err);
void sb_scene_free(sb_scene **scene);

/* The size of the pictures and how many there are in a second. */
void sb_scene_form(const sb_scene *scene, sb_mp4_params *out);

/* Of all the pictures. */
int64_t sb_scene_length(const sb_scene *scene);

/* Picture `index`, valid until the next call; only what moved since the call before is drawn anew. Fails only with pictures
 * of the file's own: as sb_pictures_at. */
sb_status sb_scene_draw(const sb_yuv **out, sb_scene *scene, int64_t index, sb_error *err);

#endif
