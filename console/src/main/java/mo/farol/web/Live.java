package mo.farol.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import mo.farol.search.Asker;
import org.jspecify.annotations.Nullable;

/**
 * The live stream: server-sent events to every open page, each within its reader's scope. The last
 * 256 are kept, so that a page which lost the line, or left it while nobody looked, catches up by
 * Last-Event-ID or {@code after}; {@code at} tells where it began. A page that can't follow loses
 * what it missed and reads the board anew.
 */
public final class Live implements AutoCloseable {
  private static final int KEPT = 256;
  private static final int PAGES = 500;
  private static final int PAGES_A_READER = 30;
  private static final int BACKLOG = 64;
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private record Numbered(long id, LiveEvent event) {
    boolean isEnd() {
      return id < 0;
    }
  }

  private static final Numbered END = new Numbered(-1, new LiveEvent("end", "", Map.of()));

  private static final class Page {
    private final Asker.Who reader;
    private final LinkedBlockingQueue<Numbered> queue = new LinkedBlockingQueue<>(BACKLOG);

    Page(Asker.Who reader) {
      this.reader = reader;
    }

    void offer(Numbered numbered) {
      if (reader.scope().sees(numbered.event().agency())) {
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
  void serve(Context context, BooleanSupplier stillAdmitted) throws IOException {
    var client = EventLine.open(context);
    var page = new Page(Caller.of(context).who());
    var hasLeft = Presence.hasLeft(context);
    long asked = System.nanoTime();
    long told = asked;
    try {
      String from = Long.toString(join(page, lastSeen(context)));
      client.comment("farol");
      client.send("at", from, from);
      while (!closed && !client.isOver() && !hasLeft.getAsBoolean()) {
        var next = page.queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        if (next != null && next.isEnd()) {
          return;
        }
        if (System.nanoTime() - asked >= HEARTBEAT.toNanos()) {
          if (!stillAdmitted.getAsBoolean()) {
            return;
          }
          asked = System.nanoTime();
        }
        if (next != null || System.nanoTime() - told >= HEARTBEAT.toNanos()) {
          send(client, next);
          told = System.nanoTime();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pages.remove(page);
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

  // A page too many is let go at once; its browser tries again by itself. Gives from where on the
  // page is told: nothing it may not know moves that.
  private synchronized long join(Page page, OptionalLong lastSeen) {
    long from = lastSeen.orElseGet(() -> newest(page));
    long same = pages.stream().filter(other -> other.reader.equals(page.reader)).count();
    if (closed || pages.size() >= PAGES || same >= PAGES_A_READER) {
      page.press(END);
      return from;
    }
    kept.stream().filter(n -> n.id() > from).forEach(page::offer);
    pages.add(page);
    return from;
  }

  // What a browser sends of itself, or a page that begins its line anew.
  private static OptionalLong lastSeen(Context context) {
    String header = context.header("Last-Event-ID");
    String id = header == null ? context.queryParam("after") : header;
    return id != null && id.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(id))
        : OptionalLong.empty();
  }

  private long newest(Page page) {
    return kept.stream()
        .filter(n -> page.reader.scope().sees(n.event().agency()))
        .mapToLong(Numbered::id)
        .max()
        .orElse(0);
  }

  private static void send(EventLine client, @Nullable Numbered next) {
    if (next == null) {
      client.comment("still here");
    } else {
      client.send(next.event().kind(), next.event().json(), Long.toString(next.id()));
    }
  }
}
