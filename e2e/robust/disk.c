/*
 * Preloaded into a node for two tests on Linux: between the node and one file of its store.
 *
 * DISK_FILE   that file
 * DISK_LOG    where everything is recorded that happens to it: what is written with its place, and each flush that the system confirmed.
 *             A record is: kind (1 byte), offset (8), length (8), then the bytes. Kinds: W written, D written and flushed in one (O_DSYNC),
 *             S flushed.
 * DISK_FAULT  a file; while it holds a line "write N", "sync N" or "meta N", writes, flushes or flushed writes fail with errno N
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_file = -1;

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static ssize_t real_write(int fd, const void *data, size_t length) {
  REAL(write);
  return real(fd, data, length);
}

static int is_ours(int fd) {
  const char *path = getenv("DISK_FILE");
  struct stat a, b;
  return path && fstat(fd, &a) == 0 && S_ISREG(a.st_mode) && stat(path, &b) == 0 && a.st_ino == b.st_ino && a.st_dev == b.st_dev;
}

static int is_flushed_at_once(int fd) { return (fcntl(fd, F_GETFL) & (O_DSYNC | O_SYNC)) != 0; }

static int fault(const char *what) {
  const char *path = getenv("DISK_FAULT");
  char text[32], name[8];
  int number, fd, length;
  if (!path || (fd = open(path, O_RDONLY | O_CLOEXEC)) < 0) return 0;
  length = read(fd, text, sizeof text - 1);
  close(fd);
  if (length <= 0) return 0;
  text[length] = 0;
  return sscanf(text, "%7s %d", name, &number) == 2 && strcmp(name, what) == 0 ? number : 0;
}

static void record(char kind, uint64_t at, const struct iovec *pieces, int count, uint64_t length) {
  const char *path = getenv("DISK_LOG");
  char *text, *end;
  uint64_t left = length;
  if (!path) return;
  text = malloc(17 + length);
  text[0] = kind;
  memcpy(text + 1, &at, 8);
  memcpy(text + 9, &length, 8);
  end = text + 17;
  for (int i = 0; i < count && left > 0; i++) {
    uint64_t part = pieces[i].iov_len < left ? pieces[i].iov_len : left;
    memcpy(end, pieces[i].iov_base, part);
    end += part;
    left -= part;
  }
  pthread_mutex_lock(&lock);
  if (log_file < 0) log_file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  /* One call: a kill leaves no half record but at the very end. */
  if (real_write(log_file, text, 17 + length) < 0) abort();
  pthread_mutex_unlock(&lock);
  free(text);
}

static int refused(int fd) {
  int number = fault(is_flushed_at_once(fd) ? "meta" : "write");
  if (number) errno = number;
  return number;
}

static ssize_t wrote(int fd, off_t at, const struct iovec *pieces, int count, ssize_t result) {
  int kept = errno;
  if (result > 0) record(is_flushed_at_once(fd) ? 'D' : 'W', at, pieces, count, result);
  errno = kept;
  return result;
}

#define ONE struct iovec one = {(void *)data, length}
ssize_t write(int fd, const void *data, size_t length) {
  REAL(write);
  if (!is_ours(fd)) return real(fd, data, length);
  if (refused(fd)) return -1;
  ONE;
  off_t at = lseek(fd, 0, SEEK_CUR);
  return wrote(fd, at, &one, 1, real(fd, data, length));
}
ssize_t writev(int fd, const struct iovec *pieces, int count) {
  REAL(writev);
  if (!is_ours(fd)) return real(fd, pieces, count);
  if (refused(fd)) return -1;
  off_t at = lseek(fd, 0, SEEK_CUR);
  return wrote(fd, at, pieces, count, real(fd, pieces, count));
}
#define AT_AN_OFFSET(name, type) \
  ssize_t name(int fd, const void *data, size_t length, type at) { \
    REAL(name); \
    if (!is_ours(fd)) return real(fd, data, length, at); \
    if (refused(fd)) return -1; \
    ONE; \
    return wrote(fd, at, &one, 1, real(fd, data, length, at)); \
  }
AT_AN_OFFSET(pwrite, off_t)
AT_AN_OFFSET(pwrite64, off64_t)
#define PIECES_AT_AN_OFFSET(name, type) \
  ssize_t name(int fd, const struct iovec *pieces, int count, type at) { \
    REAL(name); \
    if (!is_ours(fd)) return real(fd, pieces, count, at); \
    if (refused(fd)) return -1; \
    return wrote(fd, at, pieces, count, real(fd, pieces, count, at)); \
  }
PIECES_AT_AN_OFFSET(pwritev, off_t)
PIECES_AT_AN_OFFSET(pwritev64, off64_t)
#define FLUSH(name) \
  int name(int fd) { \
    REAL(name); \
    if (!is_ours(fd)) return real(fd); \
    int number = fault("sync"); \
    if (number) { \
      errno = number; \
      return -1; \
    } \
    int result = real(fd); \
    if (result == 0) record('S', 0, 0, 0, 0); \
    return result; \
  }
FLUSH(fsync)
FLUSH(fdatasync)
