#ifndef CGUMBO_SHIM_H
#define CGUMBO_SHIM_H

#include <gumbo.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* One parse. Its memory is counted and freed as a whole: the library's own clean-up walks the tree
 * by recursion, and a hostile mail can make a few bytes grow into gigabytes. */
typedef struct cgumbo_block {
  struct cgumbo_block *next;
  struct cgumbo_block *previous;
  size_t size;
  size_t padding;
} cgumbo_block;

typedef struct cgumbo_session {
  cgumbo_block *blocks;
  size_t used;
  size_t limit;
  GumboOutput *output;
  GumboOptions options;
  jmp_buf out_of_memory;
} cgumbo_session;

static void *cgumbo_allocate(void *userdata, size_t size) {
  cgumbo_session *session = (cgumbo_session *)userdata;
  cgumbo_block *block;
  if (size > session->limit - session->used) longjmp(session->out_of_memory, 1);
  block = (cgumbo_block *)malloc(sizeof(cgumbo_block) + size);
  if (block == NULL) longjmp(session->out_of_memory, 1);
  session->used += size;
  block->size = size;
  block->previous = NULL;
  block->next = session->blocks;
  if (session->blocks != NULL) session->blocks->previous = block;
  session->blocks = block;
  return block + 1;
}

static void cgumbo_release(void *userdata, void *memory) {
  cgumbo_session *session = (cgumbo_session *)userdata;
  cgumbo_block *block;
  if (memory == NULL) return;
  block = (cgumbo_block *)memory - 1;
  session->used -= block->size;
  if (block->previous != NULL) block->previous->next = block->next;
  else session->blocks = block->next;
  if (block->next != NULL) block->next->previous = block->previous;
  free(block);
}

/* The parsed document, or NULL when the memory limit (bytes) was reached. The text must stay valid
 * until cgumbo_close. */
static inline void *cgumbo_open(const char *html, size_t length, size_t limit) {
  cgumbo_session *session = (cgumbo_session *)calloc(1, sizeof(cgumbo_session));
  if (session == NULL) return NULL;
  session->limit = limit;
  session->options = kGumboDefaultOptions;
  session->options.allocator = cgumbo_allocate;
  session->options.deallocator = cgumbo_release;
  session->options.userdata = session;
  session->options.max_errors = 0;
  if (setjmp(session->out_of_memory) == 0)
    session->output = gumbo_parse_with_options(&session->options, html, length);
  return session;
}

/* The document's root element, or NULL when the parse was given up. */
static inline const GumboNode *cgumbo_root(const void *session) {
  const GumboOutput *output = ((const cgumbo_session *)session)->output;
  return output == NULL ? NULL : output->root;
}

static inline void cgumbo_close(void *opaque) {
  cgumbo_session *session = (cgumbo_session *)opaque;
  cgumbo_block *block;
  if (session == NULL) return;
  block = session->blocks;
  while (block != NULL) {
    cgumbo_block *next = block->next;
    free(block);
    block = next;
  }
  free(session);
}

static inline bool cgumbo_is_element(const GumboNode *node) {
  return node->type == GUMBO_NODE_ELEMENT;
}

/* The text of a text node, decoded; NULL for everything else. */
static inline const char *cgumbo_text(const GumboNode *node) {
  switch (node->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE: return node->v.text.text;
    default: return NULL;
  }
}

static inline unsigned int cgumbo_child_count(const GumboNode *node) {
  return node->type == GUMBO_NODE_ELEMENT ? node->v.element.children.length : 0;
}

static inline const GumboNode *cgumbo_child(const GumboNode *node, unsigned int index) {
  return (const GumboNode *)node->v.element.children.data[index];
}

/* The number of the element's name; that of unknown names for everything else. */
static inline int cgumbo_tag(const GumboNode *node) {
  return node->type == GUMBO_NODE_ELEMENT ? (int)node->v.element.tag : (int)GUMBO_TAG_UNKNOWN;
}

/* How many numbers there are. */
static inline int cgumbo_tag_count(void) { return (int)GUMBO_TAG_LAST; }

/* The name in lower case; empty for names that HTML does not know. */
static inline const char *cgumbo_tag_name(int tag) {
  return gumbo_normalized_tagname((GumboTag)tag);
}

static inline unsigned int cgumbo_attribute_count(const GumboNode *node) {
  return node->type == GUMBO_NODE_ELEMENT ? node->v.element.attributes.length : 0;
}

static inline const char *cgumbo_attribute(const GumboNode *node, const char *name) {
  const GumboAttribute *found;
  if (node->type != GUMBO_NODE_ELEMENT) return NULL;
  found = gumbo_get_attribute(&node->v.element.attributes, name);
  return found == NULL ? NULL : found->value;
}

#endif
