#include "toml_shim.h"

// The parser takes some things for granted that a file can break, such as a table's name that begins
// with a letter beyond ASCII. A broken assumption must be an error of the file and neither the end of
// the program nor, with NDEBUG, undefined.
struct ctoml_broken_assumption {};
#undef NDEBUG
#define TOML_ASSERT(expr) ((expr) ? static_cast<void>(0) : throw ctoml_broken_assumption())
#define TOML_EXCEPTIONS 1
#define TOML_ENABLE_FORMATTERS 1
#include <toml++/toml.h>

#include <algorithm>
#include <deque>
#include <new>
#include <sstream>
#include <string>
#include <vector>

struct ctoml_document {
  std::deque<std::string> texts;
  std::vector<ctoml_entry> entries;
  bool failed = false;
  std::string problem;
  uint32_t problem_line = 0;
  uint32_t problem_column = 0;

  const char *keep(std::string text) {
    texts.push_back(std::move(text));
    return texts.back().c_str();
  }
};

namespace {

void add(ctoml_document &document, const toml::node &node, std::string key,
         const toml::source_region &place) {
  ctoml_entry entry{};
  entry.key = document.keep(std::move(key));
  entry.text = "";
  entry.line = place.begin.line;
  entry.column = place.begin.column;
  auto append = [&](int32_t kind) {
    entry.kind = kind;
    document.entries.push_back(entry);
  };
  if (auto *table = node.as_table()) {
    append(CTOML_TABLE);
    for (auto &&[name, value] : *table)
      add(document, value, std::string(name.str()), name.source());
    append(CTOML_END);
  } else if (auto *array = node.as_array()) {
    append(CTOML_ARRAY);
    for (auto &&value : *array) add(document, value, std::string(), value.source());
    append(CTOML_END);
  } else if (auto *string = node.as_string()) {
    entry.text = document.keep(string->get());
    append(CTOML_STRING);
  } else if (auto *integer = node.as_integer()) {
    entry.integer = integer->get();
    append(CTOML_INTEGER);
  } else if (auto *number = node.as_floating_point()) {
    entry.number = number->get();
    append(CTOML_FLOAT);
  } else if (auto *flag = node.as_boolean()) {
    entry.flag = flag->get();
    append(CTOML_BOOLEAN);
  } else {
    std::ostringstream words;
    if (auto *date = node.as_date()) words << date->get();
    else if (auto *time = node.as_time()) words << time->get();
    else if (auto *both = node.as_date_time()) words << both->get();
    entry.text = document.keep(words.str());
    append(CTOML_MOMENT);
  }
}

// Whether an assumption breaks in the text up to the given line.
bool breaks(std::string_view text, uint32_t lines) {
  size_t end = 0;
  for (uint32_t line = 0; line < lines && end < text.size(); line++) {
    const size_t next = text.find('\n', end);
    end = next == std::string_view::npos ? text.size() : next + 1;
  }
  try {
    (void)toml::parse(text.substr(0, end));
  } catch (const ctoml_broken_assumption &) {
    return true;
  } catch (const std::exception &) {
  }
  return false;
}

// The line on which it breaks: the first one with which it does.
uint32_t broken_line(std::string_view text) {
  uint32_t low = 1;
  auto high = static_cast<uint32_t>(std::count(text.begin(), text.end(), '\n') + 1);
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (breaks(text, middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

void fail(ctoml_document &document, std::string problem, uint32_t line, uint32_t column) {
  document.failed = true;
  document.problem = std::move(problem);
  document.problem_line = line;
  document.problem_column = column;
}

}  // namespace

extern "C" {

ctoml_document *ctoml_parse(const char *text, size_t length) {
  auto *document = new (std::nothrow) ctoml_document;
  if (document == nullptr) return nullptr;
  const std::string_view whole(text, length);
  try {
    const toml::table table = toml::parse(whole);
    add(*document, table, std::string(), table.source());
  } catch (const toml::parse_error &error) {
    const auto place = error.source().begin;
    fail(*document, std::string(error.description()), place.line, place.column);
  } catch (const ctoml_broken_assumption &) {
    fail(*document, "this line is not understood", broken_line(whole), 1);
  } catch (const std::bad_alloc &) {
    delete document;
    return nullptr;
  }
  return document;
}

void ctoml_free(ctoml_document *document) { delete document; }

const char *ctoml_error(const ctoml_document *document, uint32_t *line, uint32_t *column) {
  if (!document->failed) return nullptr;
  *line = document->problem_line;
  *column = document->problem_column;
  return document->problem.c_str();
}

size_t ctoml_count(const ctoml_document *document) { return document->entries.size(); }

const ctoml_entry *ctoml_entry_at(const ctoml_document *document, size_t index) {
  return index < document->entries.size() ? &document->entries[index] : nullptr;
}
}
