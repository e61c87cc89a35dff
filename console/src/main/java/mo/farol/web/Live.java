package mo.farol.web;

import io.javalin.http.sse.SseClient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mo.farol.event.Scope;

/**
 * The live stream: server-sent events to every open page, each within its reader's scope. The last
 * 256 are kept, so that a page which lost the line catches up by Last-Event-ID.
 */
public final class Live implements AutoCloseable {
  private static final int KEPT = 256;
  private static final int PAGES = 200;
  private static final int BACKLOG = 64;
  private static final long HEARTBEAT_SECONDS = 15;

  private record Numbered(long id, LiveEvent event) {}

  private static final class Page {
    private final Scope scope;
    private final LinkedBlockingQueue<Numbered> queue = new LinkedBlockingQueue<>(BACKLOG);

    Page(Scope scope) {
      this.scope = scope;
    }

    void offer(Numbered numbered) {
      if (scope.sees(numbered.event().agency()) && !queue.offer(numbered)) {
        queue.clear(); // a page that can't follow reads the board anew
        queue.offer(numbered);
      }
    }
  }

  private final Deque<Numbered> kept = new ArrayDeque<>();
  private final ConcurrentHashMap<Page, Boolean> pages = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private long last;

  /** Tells every page whose reader may know. */
  public synchronized void publish(LiveEvent event) {
    var numbered = new Numbered(++last, event);
    kept.add(numbered);
    if (kept.size() > KEPT) {
      kept.remove();
    }
    pages.keySet().forEach(page -> page.offer(numbered));
  }

  /** Serves one page until it leaves. */
  void serve(SseClient client) {
    var page = new Page(Caller.of(client.ctx()).scope());
    if (pages.size() >= PAGES) {
      client.close();
      return;
    }
    missed(client).forEach(page::offer);
    pages.put(page, true);
    try {
      client.sendComment("farol");
      while (!client.terminated() && closed.getCount() > 0) {
        var next = page.queue.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
          client.sendComment("still here");
        } else {
          client.sendEvent(next.event().kind(), next.event().data(), Long.toString(next.id()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pages.remove(page);
      client.close();
    }
  }

  private synchronized List<Numbered> missed(SseClient client) {
    String from = client.ctx().header("Last-Event-ID");
    if (from == null || !from.matches("\\d{1,18}")) {
      return List.of();
    }
    long seen = Long.parseLong(from);
    return kept.stream().filter(n -> n.id() > seen).toList();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
