#ifndef CMICROHTTPD_SHIM_H
#define CMICROHTTPD_SHIM_H

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>

/* What a daemon is started with: MHD_start_daemon is variadic, which Swift cannot call. */
struct cm_options {
  const char *address;
  uint16_t port;
  unsigned int threads;
  unsigned int connections;
  size_t memory;
  unsigned int timeout;
  const char *certificate;
  const char *key;
  MHD_AccessHandlerCallback handler;
  void *(*target)(void *context, const char *uri, struct MHD_Connection *connection);
  MHD_RequestCompletedCallback completed;
  void *context;
};

/* Starts a daemon with epoll on a pool of threads; NULL when the address is not numeric, cannot
   be bound, or the certificate is not usable (errno tells which, EINVAL for the address). */
static inline struct MHD_Daemon *cm_start(const struct cm_options *o) {
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
  const struct sockaddr *address;
  unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
  struct MHD_OptionItem items[12];
  int n = 0;

  memset(&v4, 0, sizeof v4);
  memset(&v6, 0, sizeof v6);
  if (inet_pton(AF_INET, o->address, &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(o->port);
    address = (const struct sockaddr *)&v4;
  } else if (inet_pton(AF_INET6, o->address, &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(o->port);
    address = (const struct sockaddr *)&v6;
    flags |= MHD_USE_IPv6;
  } else {
    errno = EINVAL;
    return NULL;
  }

  items[n++] = (struct MHD_OptionItem){MHD_OPTION_SOCK_ADDR, 0, (void *)address};
  items[n++] = (struct MHD_OptionItem){MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)o->completed,
                                       o->context};
  items[n++] = (struct MHD_OptionItem){MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)o->target,
                                       o->context};
  items[n++] = (struct MHD_OptionItem){MHD_OPTION_CONNECTION_LIMIT, (intptr_t)o->connections, NULL};
  items[n++] = (struct MHD_OptionItem){MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)o->memory,
                                       NULL};
  items[n++] = (struct MHD_OptionItem){MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t)o->timeout, NULL};
  items[n++] = (struct MHD_OptionItem){MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024, NULL};
  if (o->threads > 1)
    items[n++] = (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)o->threads, NULL};
  if (o->certificate != NULL) {
    flags |= MHD_USE_TLS;
    items[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)o->certificate};
    items[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)o->key};
  }
  items[n] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
  errno = 0;
  return MHD_start_daemon(flags, o->port, NULL, NULL, o->handler, o->context, MHD_OPTION_ARRAY,
                          items, MHD_OPTION_END);
}

/* The port that the system chose. */
static inline uint16_t cm_port(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info == NULL ? 0 : info->port;
}

/* A response that owns a copy of the bytes. */
static inline struct MHD_Response *cm_response(const void *bytes, size_t count) {
  return MHD_create_response_from_buffer(count, (void *)bytes, MHD_RESPMEM_MUST_COPY);
}

/* Visits the request's header fields in the order received. */
static inline void cm_each_header(struct MHD_Connection *connection,
                                  MHD_KeyValueIteratorN visit, void *context) {
  MHD_get_connection_values_n(connection, MHD_HEADER_KIND, visit, context);
}

/* What a content reader returns to break the connection in the middle of a body. */
static inline ssize_t cm_break_off(void) { return MHD_CONTENT_READER_END_WITH_ERROR; }

/* What a content reader returns at the end of a body. */
static inline ssize_t cm_end_of_body(void) { return MHD_CONTENT_READER_END_OF_STREAM; }

#endif
