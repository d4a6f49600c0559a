#include "power_loss.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* A write that has not been synced. */
typedef struct Pending {
  sqlite3_int64 offset;
  int count; /* -1: the file was cut to `offset` bytes */
  unsigned char *bytes;
  struct Pending *next;
} Pending;

/* A file by its path, shared by all who have it open. */
typedef struct Shadow {
  char *path;
  unsigned char *bytes; /* as the programs see it */
  sqlite3_int64 size, room;
  Pending *first, *last;
  sqlite3_file *disk; /* of whoever opened it first and has it open still */
  int users;
  struct Shadow *next;
} Shadow;

typedef struct Machine {
  sqlite3_vfs vfs;
  sqlite3_vfs *real;
  pthread_mutex_t lock;
  Shadow *shadows;
  int isOff, syncs, goodSyncs, badSyncs;
  struct Machine *next;
} Machine;

typedef struct {
  sqlite3_file base;
  Machine *machine;
  Shadow *shadow;
  sqlite3_file *real;
} File;

static pthread_mutex_t machinesLock = PTHREAD_MUTEX_INITIALIZER;
static Machine *machines;

static Machine *find(const char *name) {
  pthread_mutex_lock(&machinesLock);
  Machine *machine = machines;
  while (machine && strcmp(machine->vfs.zName, name) != 0) machine = machine->next;
  pthread_mutex_unlock(&machinesLock);
  return machine;
}

static int grow(Shadow *shadow, sqlite3_int64 size) {
  if (size > shadow->room) {
    sqlite3_int64 room = size * 2 + 65536;
    unsigned char *bytes = realloc(shadow->bytes, (size_t)room);
    if (!bytes) return SQLITE_NOMEM;
    shadow->bytes = bytes;
    shadow->room = room;
  }
  if (size > shadow->size) {
    memset(shadow->bytes + shadow->size, 0, (size_t)(size - shadow->size));
    shadow->size = size;
  }
  return SQLITE_OK;
}

static int note(Shadow *shadow, sqlite3_int64 offset, int count, const void *bytes) {
  Pending *pending = calloc(1, sizeof *pending);
  if (!pending) return SQLITE_NOMEM;
  pending->offset = offset;
  pending->count = count;
  if (count > 0) {
    pending->bytes = malloc((size_t)count);
    if (!pending->bytes) {
      free(pending);
      return SQLITE_NOMEM;
    }
    memcpy(pending->bytes, bytes, (size_t)count);
  }
  if (shadow->last) shadow->last->next = pending; else shadow->first = pending;
  shadow->last = pending;
  return SQLITE_OK;
}

/* Writes what waits to the real file. With dice, only what they leave. */
static int put(Shadow *shadow, unsigned *dice) {
  int result = SQLITE_OK;
  while (shadow->first) {
    Pending *pending = shadow->first;
    int from = 0, to = pending->count;
    if (dice && pending->count > 0) {
      int sectors = (pending->count + 511) / 512;
      switch (rand_r(dice) % 4) {
        case 0: to = 0; break;
        case 1: to = rand_r(dice) % (sectors + 1) * 512; break;
        case 2: from = rand_r(dice) % (sectors + 1) * 512; break;
        default: break;
      }
      if (to > pending->count) to = pending->count;
    }
    if (result == SQLITE_OK && pending->count < 0) {
      if (!dice || rand_r(dice) % 2)
        result = shadow->disk->pMethods->xTruncate(shadow->disk, pending->offset);
    } else if (result == SQLITE_OK && from < to) {
      result = shadow->disk->pMethods->xWrite(
        shadow->disk, pending->bytes + from, to - from, pending->offset + from);
    }
    shadow->first = pending->next;
    free(pending->bytes);
    free(pending);
  }
  shadow->last = 0;
  return result;
}

static void drop(Shadow *shadow) {
  while (shadow->first) {
    Pending *pending = shadow->first;
    shadow->first = pending->next;
    free(pending->bytes);
    free(pending);
  }
  shadow->last = 0;
}

static void removeShadow(Machine *machine, Shadow *shadow) {
  Shadow **place = &machine->shadows;
  while (*place && *place != shadow) place = &(*place)->next;
  if (*place) *place = shadow->next;
  drop(shadow);
  free(shadow->bytes);
  free(shadow->path);
  free(shadow);
}

/* What follows is SQLite's interface of files. */

#define ENTER File *file = (File *)base; Machine *machine = file->machine; \
  pthread_mutex_lock(&machine->lock)
#define LEAVE(result) do { int answer_ = (result); pthread_mutex_unlock(&machine->lock); \
  return answer_; } while (0)

static int fileClose(sqlite3_file *base) {
  ENTER;
  Shadow *shadow = file->shadow;
  if (shadow) {
    shadow->users -= 1;
    if (shadow->users == 0) {
      /* A closed file may still be lost: nothing is synced by closing. Nobody can see that in a test
         whose machine stays on, so it is kept whole. */
      if (!machine->isOff) put(shadow, 0);
      removeShadow(machine, shadow);
    } else if (shadow->disk == file->real) {
      /* Another one still writes through it, so it stays open for the rest of the process. */
      file->real = 0;
    }
  }
  if (file->real) {
    if (file->real->pMethods) file->real->pMethods->xClose(file->real);
    free(file->real);
  }
  LEAVE(SQLITE_OK);
}

static int fileRead(sqlite3_file *base, void *bytes, int count, sqlite3_int64 offset) {
  ENTER;
  if (machine->isOff) LEAVE(SQLITE_IOERR_READ);
  Shadow *shadow = file->shadow;
  sqlite3_int64 have = shadow->size - offset;
  if (have >= count) {
    memcpy(bytes, shadow->bytes + offset, (size_t)count);
    LEAVE(SQLITE_OK);
  }
  memset(bytes, 0, (size_t)count);
  if (have > 0) memcpy(bytes, shadow->bytes + offset, (size_t)have);
  LEAVE(SQLITE_IOERR_SHORT_READ);
}

static int fileWrite(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset) {
  ENTER;
  if (machine->isOff) LEAVE(SQLITE_IOERR_WRITE);
  Shadow *shadow = file->shadow;
  int result = grow(shadow, offset + count);
  if (result == SQLITE_OK) {
    memcpy(shadow->bytes + offset, bytes, (size_t)count);
    result = note(shadow, offset, count, bytes);
  }
  LEAVE(result);
}

static int fileTruncate(sqlite3_file *base, sqlite3_int64 size) {
  ENTER;
  if (machine->isOff) LEAVE(SQLITE_IOERR_TRUNCATE);
  Shadow *shadow = file->shadow;
  int result = grow(shadow, size);
  shadow->size = size;
  if (result == SQLITE_OK) result = note(shadow, size, -1, 0);
  LEAVE(result);
}

static int fileSync(sqlite3_file *base, int flags) {
  ENTER;
  (void)flags;
  if (machine->isOff) LEAVE(SQLITE_IOERR_FSYNC);
  if (machine->goodSyncs > 0) {
    machine->goodSyncs -= 1;
  } else if (machine->badSyncs > 0) {
    machine->badSyncs -= 1;
    LEAVE(SQLITE_IOERR_FSYNC);
  }
  machine->syncs += 1;
  LEAVE(put(file->shadow, 0));
}

static int fileSize(sqlite3_file *base, sqlite3_int64 *size) {
  ENTER;
  *size = file->shadow->size;
  LEAVE(machine->isOff ? SQLITE_IOERR_FSTAT : SQLITE_OK);
}

static int fileLock(sqlite3_file *base, int level) {
  File *file = (File *)base;
  return file->real->pMethods->xLock(file->real, level);
}

static int fileUnlock(sqlite3_file *base, int level) {
  File *file = (File *)base;
  return file->real->pMethods->xUnlock(file->real, level);
}

static int fileIsReserved(sqlite3_file *base, int *is) {
  File *file = (File *)base;
  return file->real->pMethods->xCheckReservedLock(file->real, is);
}

static int fileControl(sqlite3_file *base, int operation, void *argument) {
  File *file = (File *)base;
  switch (operation) {
    /* These would reach into the real file past what is in memory. */
    case SQLITE_FCNTL_SIZE_HINT: case SQLITE_FCNTL_CHUNK_SIZE: case SQLITE_FCNTL_MMAP_SIZE:
    case SQLITE_FCNTL_SYNC: case SQLITE_FCNTL_COMMIT_PHASETWO:
      return SQLITE_NOTFOUND;
    default: return file->real->pMethods->xFileControl(file->real, operation, argument);
  }
}

static int fileSector(sqlite3_file *base) {
  File *file = (File *)base;
  return file->real->pMethods->xSectorSize(file->real);
}

static int fileKind(sqlite3_file *base) {
  File *file = (File *)base;
  return file->real->pMethods->xDeviceCharacteristics(file->real);
}

static int shmMap(sqlite3_file *base, int page, int size, int extend, void volatile **place) {
  File *file = (File *)base;
  return file->real->pMethods->xShmMap(file->real, page, size, extend, place);
}

static int shmLock(sqlite3_file *base, int offset, int count, int flags) {
  File *file = (File *)base;
  return file->real->pMethods->xShmLock(file->real, offset, count, flags);
}

static void shmBarrier(sqlite3_file *base) {
  File *file = (File *)base;
  file->real->pMethods->xShmBarrier(file->real);
}

static int shmUnmap(sqlite3_file *base, int isDeleted) {
  File *file = (File *)base;
  return file->real->pMethods->xShmUnmap(file->real, isDeleted);
}

static const sqlite3_io_methods methods = {
  2, fileClose, fileRead, fileWrite, fileTruncate, fileSync, fileSize, fileLock, fileUnlock,
  fileIsReserved, fileControl, fileSector, fileKind, shmMap, shmLock, shmBarrier, shmUnmap, 0, 0
};

static int vfsOpen(
  sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *opened
) {
  Machine *machine = (Machine *)vfs;
  File *file = (File *)base;
  memset(file, 0, sizeof *file);
  file->machine = machine;
  pthread_mutex_lock(&machine->lock);
  int result = machine->isOff ? SQLITE_CANTOPEN : SQLITE_OK;
  if (result == SQLITE_OK) {
    file->real = calloc(1, (size_t)machine->real->szOsFile);
    result = file->real
      ? machine->real->xOpen(machine->real, path, file->real, flags, opened) : SQLITE_NOMEM;
  }
  if (result == SQLITE_OK) {
    Shadow *shadow = machine->shadows;
    while (shadow && (!path || strcmp(shadow->path, path) != 0)) shadow = shadow->next;
    if (!shadow) {
      sqlite3_int64 size = 0;
      shadow = calloc(1, sizeof *shadow);
      shadow->path = strdup(path ? path : "");
      shadow->disk = file->real;
      shadow->next = machine->shadows;
      machine->shadows = shadow;
      file->real->pMethods->xFileSize(file->real, &size);
      result = grow(shadow, size);
      if (result == SQLITE_OK && size > 0)
        result = file->real->pMethods->xRead(file->real, shadow->bytes, (int)size, 0);
    }
    shadow->users += 1;
    file->shadow = shadow;
  }
  pthread_mutex_unlock(&machine->lock);
  if (result == SQLITE_OK) file->base.pMethods = &methods;
  else if (file->real) {
    if (file->real->pMethods) file->real->pMethods->xClose(file->real);
    free(file->real);
  }
  return result;
}

static int vfsDelete(sqlite3_vfs *vfs, const char *path, int syncs) {
  Machine *machine = (Machine *)vfs;
  if (machine->isOff) return SQLITE_IOERR_DELETE;
  return machine->real->xDelete(machine->real, path, syncs);
}

static int vfsAccess(sqlite3_vfs *vfs, const char *path, int flags, int *answer) {
  Machine *machine = (Machine *)vfs;
  return machine->real->xAccess(machine->real, path, flags, answer);
}

static int vfsFullPath(sqlite3_vfs *vfs, const char *path, int count, char *full) {
  Machine *machine = (Machine *)vfs;
  return machine->real->xFullPathname(machine->real, path, count, full);
}

static int vfsRandom(sqlite3_vfs *vfs, int count, char *bytes) {
  Machine *machine = (Machine *)vfs;
  return machine->real->xRandomness(machine->real, count, bytes);
}

static int vfsSleep(sqlite3_vfs *vfs, int microseconds) {
  Machine *machine = (Machine *)vfs;
  return machine->real->xSleep(machine->real, microseconds);
}

static int vfsTime(sqlite3_vfs *vfs, double *now) {
  Machine *machine = (Machine *)vfs;
  return machine->real->xCurrentTime(machine->real, now);
}

static int vfsError(sqlite3_vfs *vfs, int count, char *words) {
  Machine *machine = (Machine *)vfs;
  return machine->real->xGetLastError(machine->real, count, words);
}

int power_loss_register(const char *name) {
  Machine *machine = calloc(1, sizeof *machine);
  if (!machine) return SQLITE_NOMEM;
  machine->real = sqlite3_vfs_find("unix");
  if (!machine->real) {
    free(machine);
    return SQLITE_ERROR;
  }
  pthread_mutex_init(&machine->lock, 0);
  machine->vfs = (sqlite3_vfs){
    .iVersion = 1, .szOsFile = sizeof(File), .mxPathname = machine->real->mxPathname,
    .zName = strdup(name), .xOpen = vfsOpen, .xDelete = vfsDelete, .xAccess = vfsAccess,
    .xFullPathname = vfsFullPath, .xRandomness = vfsRandom, .xSleep = vfsSleep,
    .xCurrentTime = vfsTime, .xGetLastError = vfsError};
  pthread_mutex_lock(&machinesLock);
  machine->next = machines;
  machines = machine;
  pthread_mutex_unlock(&machinesLock);
  return sqlite3_vfs_register(&machine->vfs, 0);
}

void power_loss_fail_syncs(const char *name, int after, int times) {
  Machine *machine = find(name);
  pthread_mutex_lock(&machine->lock);
  machine->goodSyncs = after;
  machine->badSyncs = times;
  pthread_mutex_unlock(&machine->lock);
}

int power_loss_syncs(const char *name) {
  Machine *machine = find(name);
  pthread_mutex_lock(&machine->lock);
  int syncs = machine->syncs;
  pthread_mutex_unlock(&machine->lock);
  return syncs;
}

void power_loss_cut(const char *name, unsigned seed) {
  Machine *machine = find(name);
  pthread_mutex_lock(&machine->lock);
  machine->isOff = 1;
  for (Shadow *shadow = machine->shadows; shadow; shadow = shadow->next) {
    if (seed) put(shadow, &seed); else drop(shadow);
  }
  pthread_mutex_unlock(&machine->lock);
}
