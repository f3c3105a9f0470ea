/** How many threads node is to have for what would block it (UV_THREADPOOL_SIZE); by itself it has four. */
export const threads = 16;

/** So many of them libuv gives to what may take long, such as getaddrinfo: its uv__queue_work, slow_work_thread_threshold. */
export const lookupsAtOnce = Math.floor((threads + 1) / 2);
