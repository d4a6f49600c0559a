#ifndef CNCURSES_SHIM_H
#define CNCURSES_SHIM_H
#define _XOPEN_SOURCE 700
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <fcntl.h>
#include <ncurses.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <wchar.h>

/* Macros, globals and variadic functions of ncurses do not import into Swift; these stand for them. */

/* Extensions of GNU, which the system's headers keep from Swift. */
extern int memfd_create(const char *name, unsigned int flags);
extern int dup3(int from, int to, int flags);

/* A file in memory that children do not get; -1 when there is none to have. */
static inline int cn_memory_file(void) { return memfd_create("frame", 1 /* MFD_CLOEXEC */); }

/* Makes a descriptor lead to another's file, not for children; -1 when it cannot. */
static inline int cn_lead(int descriptor, int target) {
  return dup3(target, descriptor, O_CLOEXEC);
}

#define CN_BOLD 1
#define CN_DIM 2
#define CN_REVERSE 4
#define CN_UNDERLINE 8

/* Sets a cell to a blank with CN_ attributes and a colour pair. */
static inline void cn_set_blank(cchar_t *cell, int attributes, int pair) {
  attr_t attr = A_NORMAL;
  if (attributes & CN_BOLD) attr |= A_BOLD;
  if (attributes & CN_DIM) attr |= A_DIM;
  if (attributes & CN_REVERSE) attr |= A_REVERSE;
  if (attributes & CN_UNDERLINE) attr |= A_UNDERLINE;
  setcchar(cell, L" ", attr, (short)pair, NULL);
}

/* Writes prepared cells from a place to the right without wrapping. */
static inline void cn_put_cells(int y, int x, const cchar_t *cells, int count) {
  mvwadd_wchnstr(stdscr, y, x, cells, count);
}

/* Opens the terminal of two streams; NULL when the terminal is unknown. */
static inline SCREEN *cn_open(const char *term, FILE *output, FILE *input) {
  SCREEN *screen = newterm(term, output, input);
  if (screen == NULL) return NULL;
  raw();
  noecho();
  nonl();
  intrflush(stdscr, FALSE);
  /* A frame is sent whole: keys that wait are answered with the next one. */
  typeahead(-1);
  /* The screen's contents come from whole frames; nothing is inherited. */
  scrollok(stdscr, FALSE);
  return screen;
}

/* Starts colours over the terminal's own background; returns their number, 0 for none. */
static inline int cn_start_colors(void) {
  if (!has_colors() || start_color() == ERR) return 0;
  use_default_colors();
  return COLORS;
}

/* Defines a pair; -1 is the terminal's own colour. */
static inline void cn_define_pair(int pair, int foreground, int background) {
  init_extended_pair(pair, foreground, background);
}

/* Makes blanks of a pair what the screen is cleared to. */
static inline void cn_set_ground(int pair) {
  cchar_t blank;
  setcchar(&blank, L" ", A_NORMAL, (short)pair, NULL);
  wbkgrndset(stdscr, &blank);
}

/* Sends what differs from the last time; the cursor is left at a place, seen or not, and where it
   fell for y -1. */
static inline void cn_refresh(int y, int x, int is_visible) {
  curs_set(is_visible ? 1 : 0);
  leaveok(stdscr, y < 0 ? TRUE : FALSE);
  if (y >= 0) wmove(stdscr, y, x);
  wnoutrefresh(stdscr);
  doupdate();
}

/* Makes the next refresh repaint everything. */
static inline void cn_repaint_all(void) { clearok(curscr, TRUE); }

static inline void cn_clear(void) { werase(stdscr); }

static inline int cn_columns(void) { return COLS; }
static inline int cn_rows(void) { return LINES; }

/* Tells ncurses the terminal's size. */
static inline void cn_resize(int height, int width) {
  if (!is_term_resized(height, width)) return;
  resizeterm(height, width);
  wresize(stdscr, height, width);
}

/* Gives the terminal its ordinary modes for a while. The caller sends what leaves the full screen:
   endwin would make ncurses reset the user's palette afterwards (OSC 104), which it never changed. */
static inline void cn_suspend(void) {
  curs_set(1);
  def_prog_mode();
  reset_shell_mode();
}

/* Takes the modes of the program again; the caller has entered the full screen. */
static inline void cn_resume(void) {
  reset_prog_mode();
  clearok(curscr, TRUE);
}

/* Writes what leaves the full screen; the caller restores the terminal's modes. */
static inline void cn_end(void) { endwin(); }

static inline void cn_delete(SCREEN *screen) { delscreen(screen); }

/* Whether terminfo knows a terminal: 1 known and able to address its cursor, 0 known and unable,
   -1 unknown. */
static inline int cn_terminal_kind(const char *term, int descriptor) {
  int status = 0;
  if (setupterm(term, descriptor, &status) == ERR || status != 1) return -1;
  char *address = tigetstr("cup");
  char *clear = tigetstr("clear");
  int usable = address != NULL && address != (char *)-1 && clear != NULL && clear != (char *)-1;
  del_curterm(cur_term);
  return usable ? 1 : 0;
}

/* A string of the open terminal's description; NULL when it has none. */
static inline const char *cn_capability(const char *name) {
  char *value = tigetstr(name);
  return value == (char *)-1 ? NULL : value;
}

/* The cells the C library, and so ncurses, gives a scalar. */
static inline int cn_width(wchar_t scalar) { return wcwidth(scalar); }
#endif
