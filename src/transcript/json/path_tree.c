#include <string.h>

#include "base/run/run.h"
#include "transcript/json/json_forms.h"

static uint32_t add_node(sb_json_tree *tree, const char *key, size_t key_length)
{
    if (!sb_grow(&tree->nodes, tree->n_nodes, &tree->capacity, sizeof *tree->nodes))
        return 0;
    tree->nodes[tree->n_nodes] = (sb_json_node){.key = key, .key_length = key_length};
    return (uint32_t)tree->n_nodes++;
}

static uint32_t find_child(const sb_json_tree *tree, uint32_t node, const char *key, size_t size)
{
    for (uint32_t i = tree->nodes[node].child; i; i = tree->nodes[i].next) {
        const sb_json_node *child = &tree->nodes[i];
        if (child->key_length == size && memcmp(child->key, key, size) == 0)
            return i;
    }
    return 0;
}

static uint32_t child_of(sb_json_tree *tree, uint32_t node, const char *key, size_t size)
{
    uint32_t child = find_child(tree, node, key, size);
    if (child)
        return child;
    child = add_node(tree, key, size);
    if (!child)
        return 0;
    tree->nodes[child].next = tree->nodes[node].child;
    tree->nodes[node].child = child;
    if (size == 2 && key[0] == '[')
        tree->nodes[node].element = child;
    return child;
}

/* Returns the length of the first step of a path: a key, keys separated by "|", or an index. */
static size_t step_length(const char *path, size_t size)
{
    size_t n = 0;
    if (path[0] == '[')
        return (size_t)((const char *)memchr(path, ']', size) - path) + 1;
    while (n < size && path[n] != '.' && path[n] != '[')
        n++;
    return n;
}

/* A path in up to three parts: the root, the path of the container, and that of the field. */
typedef struct path_parts {
    const char *parts[3];
    size_t sizes[3];
    const sb_json_field *field;
    int index;
} path_parts;

static bool add_path(sb_json_tree *tree, uint32_t from, const path_parts *path, size_t part, size_t at)
{
    while (part < 3 && (at == path->sizes[part] || path->parts[part][at] == '.')) {
        bool is_end = at == path->sizes[part];
        part += is_end;
        at = is_end ? 0 : at + 1;
    }
    if (part == 3) {
        sb_json_node *node = &tree->nodes[from];
        node->role = path->field->role;
        node->unit = path->field->unit;
        node->rank = path->field->rank;
        node->field = path->index;
        return true;
    }
    const char *step = path->parts[part] + at;
    size_t length = step_length(step, path->sizes[part] - at);
    for (size_t i = 0; i < length;) {
        const char *bar = memchr(step + i, '|', length - i);
        size_t n = bar ? (size_t)(bar - step) - i : length - i;
        uint32_t child = child_of(tree, from, step + i, n);
        if (!child || !add_path(tree, child, path, part, at + length))
            return false;
        i += n + 1;
    }
    return true;
}

static bool add_fields(sb_json_tree *tree, const sb_json_field *fields, const char *root, size_t root_size)
{
    const char *owner = "";
    for (int i = 0; fields[i].path; i++) {
        const sb_json_field *field = &fields[i];
        bool is_inside = field->path[0] == '.' && field->path[1];
        path_parts path = {{root, is_inside ? owner : "", field->path},
                           {root_size, is_inside ? strlen(owner) : 0, strlen(field->path)},
                           field,
                           i};
        if (!add_path(tree, 0, &path, 0, 0))
            return false;
        if (field->role <= SB_JSON_LAST_CONTAINER && field->role != SB_JSON_NONE)
            owner = field->path;
    }
    return true;
}

bool sb_json_tree_make(sb_json_tree *tree, const sb_json_field *fields, const char *roots)
{
    *tree = (sb_json_tree){0};
    if (!add_node(tree, "", 0) && tree->n_nodes == 0)
        return false;
    for (const char *root = roots ? roots : "."; *root;) {
        size_t size = strcspn(root, " ");
        if (!add_fields(tree, fields, root, size))
            return false;
        root += size + strspn(root + size, " ");
    }
    return true;
}

uint32_t sb_json_tree_key(const sb_json_tree *tree, uint32_t node, const char *key, size_t size)
{
    uint32_t child = find_child(tree, node, key, size);
    if (child && tree->nodes[child].key[0] == '[')
        child = 0;
    return child ? child : find_child(tree, node, "*", 1);
}

uint32_t sb_json_tree_index(const sb_json_tree *tree, uint32_t node, size_t index)
{
    if (index < 10) {
        char key[3] = {'[', (char)('0' + index), ']'};
        uint32_t child = find_child(tree, node, key, 3);
        if (child)
            return child;
    }
    return tree->nodes[node].element;
}
