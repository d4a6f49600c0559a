#ifndef POWER_LOSS_H
#define POWER_LOSS_H

/* A file system for SQLite, for tests: what was written and not synced is lost when the power goes.

   Files are real ones, but writes stay in memory until SQLite asks for a sync; all connections of
   the process that use the same name see them. After a cut every call fails, as if the machine were
   off, and what the real files hold is what a disk would have kept. Registered under a name of its
   own, it leaves every other connection alone. Each name belongs to one test, for as long as the
   process lives. */

/* Returns 0 when the file system can be used under this name. */
int power_loss_register(const char *name);

/* The next syncs succeed, `after` of them; then so many `times` they fail; then they succeed again. */
void power_loss_fail_syncs(const char *name, int after, int times);

/* How many syncs have reached the disk. */
int power_loss_syncs(const char *name);

/* The power goes. Nothing that was not synced is kept, or with a seed other than 0 any part of it:
   each write whole, torn at a sector of 512 bytes, or not at all. */
void power_loss_cut(const char *name, unsigned seed);

#endif
