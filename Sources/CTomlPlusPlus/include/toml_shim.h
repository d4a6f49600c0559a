#ifndef CTOML_SHIM_H
#define CTOML_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The C face of toml++: a document as a flat list of entries in reading order. Tables and arrays
 * are entries of their own, closed by an end entry. */
typedef struct ctoml_document ctoml_document;

#define CTOML_TABLE 1
#define CTOML_ARRAY 2
#define CTOML_END 3
#define CTOML_STRING 4
#define CTOML_INTEGER 5
#define CTOML_FLOAT 6
#define CTOML_BOOLEAN 7
#define CTOML_MOMENT 8

typedef struct ctoml_entry {
  int32_t kind;
  /* Empty inside an array. Not terminated early: keys and texts may hold any byte but NUL. */
  const char *key;
  /* The text of a string or of a date and time. */
  const char *text;
  int64_t integer;
  double number;
  bool flag;
  /* Where the key stands, or the value inside an array; from 1. */
  uint32_t line;
  uint32_t column;
} ctoml_entry;

/* NULL only when there is no memory. */
ctoml_document *ctoml_parse(const char *text, size_t length);
void ctoml_free(ctoml_document *document);

/* What is wrong with the text, or NULL. */
const char *ctoml_error(const ctoml_document *document, uint32_t *line, uint32_t *column);

size_t ctoml_count(const ctoml_document *document);
const ctoml_entry *ctoml_entry_at(const ctoml_document *document, size_t index);

#ifdef __cplusplus
}
#endif

#endif
