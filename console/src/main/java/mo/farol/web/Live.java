package mo.farol.web;

import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import mo.farol.event.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The live stream: server-sent events to every open page, each within its reader's scope. The last
 * 256 are kept, so that a page which lost the line catches up by Last-Event-ID. A page that can't
 * follow loses what it missed and reads the board anew.
 */
public final class Live implements AutoCloseable {
  private static final int KEPT = 256;
  private static final int PAGES = 500;
  private static final int PAGES_A_READER = 30;
  private static final int BACKLOG = 64;
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private record Numbered(long id, LiveEvent event) {
    boolean isEnd() {
      return id < 0;
    }
  }

  private static final Numbered END = new Numbered(-1, new LiveEvent("end", "", Map.of()));

  private static final class Page {
    private final String reader;
    private final Scope scope;
    private final LinkedBlockingQueue<Numbered> queue = new LinkedBlockingQueue<>(BACKLOG);

    Page(String reader, Scope scope) {
      this.reader = reader;
      this.scope = scope;
    }

    void offer(Numbered numbered) {
      if (scope.sees(numbered.event().agency())) {
        press(numbered);
      }
    }

    void press(Numbered numbered) {
      if (!queue.offer(numbered)) {
        queue.clear();
        queue.offer(numbered);
      }
    }
  }

  private final Deque<Numbered> kept = new ArrayDeque<>();
  private final Set<Page> pages = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  // Numbers go on rising over restarts, so that a page's Last-Event-ID keeps its meaning.
  private long last = System.currentTimeMillis() * 1000;

  /** Tells every page whose reader may know. */
  public synchronized void publish(LiveEvent event) {
    var numbered = new Numbered(++last, event);
    kept.add(numbered);
    if (kept.size() > KEPT) {
      kept.remove();
    }
    pages.forEach(page -> page.offer(numbered));
  }

  /** Serves one page until it leaves, its reader is no longer admitted, or the server closes. */
  void serve(SseClient client, BooleanSupplier stillAdmitted) {
    var caller = Caller.of(client.ctx());
    var page = new Page(caller.name(), caller.scope());
    long asked = System.nanoTime();
    try {
      join(page, client.ctx().header("Last-Event-ID"));
      client.sendComment("farol");
      while (!closed && !client.terminated()) {
        var next = page.queue.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
        if (next != null && next.isEnd()) {
          return;
        }
        if (System.nanoTime() - asked >= HEARTBEAT.toNanos()) {
          if (!stillAdmitted.getAsBoolean()) {
            return;
          }
          asked = System.nanoTime();
        }
        send(client, next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pages.remove(page);
      client.close();
    }
  }

  /** Pages that listen now. */
  int listening() {
    return pages.size();
  }

  @Override
  public void close() {
    closed = true;
    pages.forEach(page -> page.press(END));
    long deadline = System.nanoTime() + FAREWELL.toNanos();
    while (!pages.isEmpty() && System.nanoTime() < deadline) {
      try {
        TimeUnit.MILLISECONDS.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  // A page too many is let go at once; its browser tries again by itself.
  private synchronized void join(Page page, @Nullable String lastSeen) {
    long same = pages.stream().filter(other -> other.reader.equals(page.reader)).count();
    if (closed || pages.size() >= PAGES || same >= PAGES_A_READER) {
      page.press(END);
      return;
    }
    missed(lastSeen).forEach(page::offer);
    pages.add(page);
  }

  private List<Numbered> missed(@Nullable String from) {
    if (from == null || !from.matches("\\d{1,18}")) {
      return List.of();
    }
    long seen = Long.parseLong(from);
    return kept.stream().filter(n -> n.id() > seen).toList();
  }

  private static void send(SseClient client, @Nullable Numbered next) {
    if (next == null) {
      client.sendComment("still here");
    } else {
      client.sendEvent(next.event().kind(), next.event().data(), Long.toString(next.id()));
    }
  }
}
