package mo.farol.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import mo.farol.event.Event;
import mo.farol.event.Scope;
import mo.farol.search.Asker;
import mo.farol.search.Busy;
import mo.farol.search.Cancelled;
import mo.farol.search.QueryFault;
import mo.farol.search.Tail;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries that are followed live, as server-sent events: {@code event} for each that matches,
 * {@code more} with how many are not shown, {@code at} with how far all were told, also where
 * nothing matched, {@code end} with why there is no more. The id is where to go on, so that a
 * client that comes back with Last-Event-ID repeats nothing and loses nothing. A slow client holds
 * up its own line only, and nothing is kept for it: what it missed is asked for, or counted, when
 * it reads on. Any thread.
 */
public final class Tails implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Tails.class);
  private static final String ATTRIBUTE = "farol.tails";
  private static final int MOST = 100;
  private static final int MOST_OF_ONE = 6;
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration ADVANCE = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration ADMISSION = Duration.ofSeconds(2);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Map<Object, Asker.Who> open = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ResumeTokens tokens;

  Tails(ResumeTokens tokens) {
    this.tokens = tokens;
  }

  /** What goes with a request, so that handlers find it. */
  private static final class Here {
    final Tails tails;
    final BooleanSupplier isAdmitted;
    final BooleanSupplier hasLeft;
    final Scope scope;
    volatile @Nullable EventLine client;
    private long asked = System.nanoTime();
    private boolean wasAdmitted = true;

    Here(Tails tails, Scope scope, BooleanSupplier isAdmitted, BooleanSupplier hasLeft) {
      this.tails = tails;
      this.scope = scope;
      this.isAdmitted = isAdmitted;
      this.hasLeft = hasLeft;
    }

    /** Who sees some agencies is told nothing that moves with the events of others. */
    boolean seesAll() {
      return scope instanceof Scope.National;
    }

    String mark(long sequence) {
      return tails.tokens.write(sequence, scope);
    }

    synchronized boolean admits() {
      if (wasAdmitted && isPast(asked, ADMISSION)) {
        wasAdmitted = isAdmitted.getAsBoolean();
        asked = System.nanoTime();
      }
      return wasAdmitted;
    }

    void mustBeAdmitted() {
      if (!admits()) {
        throw new Ended("You are no longer let in.");
      }
    }

    boolean isOver() {
      var line = client;
      return line != null && line.isOver()
          || tails.closing.getCount() == 0
          || hasLeft.getAsBoolean()
          || !admits();
    }
  }

  /** Why a line is ended by us. */
  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;

    Ended(String message) {
      super(message, null, false, false);
    }
  }

  /** Whether nobody reads the line of a request any more, as far as is known. */
  static BooleanSupplier isOver(Context context) {
    Here here = context.attribute(ATTRIBUTE);
    return here == null ? () -> false : here::isOver;
  }

  void put(Context context, Scope scope, BooleanSupplier isAdmitted) {
    var here = new Here(this, scope, isAdmitted, Presence.hasLeft(context));
    context.attribute(ATTRIBUTE, here);
  }

  /** A place in the journal, as its caller may hand it back as {@code after}. */
  public static String resumeToken(Context context, long sequence) {
    return here(context).mark(sequence);
  }

  /**
   * Where the caller's last line ended, by Last-Event-ID or {@code after}; empty where it says
   * nothing. Throws {@link Refused} for what none of our lines told.
   */
  public static Optional<Long> last(Context context) {
    return Optional.ofNullable(context.header("Last-Event-ID"))
        .or(() -> Optional.ofNullable(context.queryParam("after")))
        .filter(id -> !id.isEmpty())
        .map(
            id ->
                here(context)
                    .tails
                    .tokens
                    .read(id)
                    .orElseThrow(
                        () ->
                            new Refused(
                                400,
                                "Not understood",
                                "Last-Event-ID, or after, is an id that this line told; leave it"
                                    + " out to begin now.")));
  }

  /**
   * Serves a tail until its client leaves, the caller is no longer let in, or the server closes.
   * Refuses what does not ask for server-sent events, and a line too many.
   *
   * @param data of an event, as text
   */
  public static void serve(Context context, Tail tail, Function<Event, String> data)
      throws IOException {
    EventLine.mustBeWanted(context);
    var here = here(context);
    var line = new Object();
    here.tails.begin(line, Caller.of(context).who());
    try {
      here.tails.follow(EventLine.open(context), tail, data, here);
    } finally {
      here.tails.open.remove(line);
    }
  }

  private static Here here(Context context) {
    Here here = context.attribute(ATTRIBUTE);
    if (here == null) {
      throw new IllegalStateException("a tail was asked for outside of the server");
    }
    return here;
  }

  int following() {
    return open.size();
  }

  @Override
  public void close() {
    closing.countDown();
    long deadline = System.nanoTime() + FAREWELL.toNanos();
    while (!open.isEmpty() && System.nanoTime() < deadline) {
      try {
        TimeUnit.MILLISECONDS.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private synchronized void begin(Object line, Asker.Who who) {
    long same = open.values().stream().filter(who::equals).count();
    if (same >= MOST_OF_ONE) {
      throw new Refused(
          503, "Busy", "You follow %d queries live; end one of them first.".formatted(same));
    }
    if (open.size() >= MOST || closing.getCount() == 0) {
      throw new Refused(503, "Busy", "Too many queries are followed live; try again later.");
    }
    open.put(line, who);
  }

  private void follow(EventLine client, Tail tail, Function<Event, String> data, Here here) {
    try {
      here.client = client;
      at(client, tail, here);
      whileOpen(client, tail, data, here);
    } catch (Ended e) {
      client.send("end", String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("a query that is followed failed", e);
      client.send("end", "Something broke; it is written in Farol's log.");
    }
  }

  private void whileOpen(EventLine client, Tail tail, Function<Event, String> data, Here here)
      throws InterruptedException {
    long toldAt = tail.at();
    long told = System.nanoTime();
    while (!client.isOver() && !closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
      if (here.hasLeft.getAsBoolean()) {
        return; // their place is free at once
      }
      here.mustBeAdmitted();
      var part = next(tail);
      if (part.filter(Tails::isTold).isPresent()) {
        here.mustBeAdmitted(); // what was asked for may have taken long
        send(client, part.get(), data, here);
        toldAt = tail.at();
        told = System.nanoTime();
      } else if (isAtDue(here, tail.at() != toldAt, told)) {
        at(client, tail, here);
        toldAt = tail.at();
        told = System.nanoTime();
      } else if (isPast(told, HEARTBEAT)) {
        client.comment("still here");
        told = System.nanoTime();
      }
    }
  }

  private static boolean isAtDue(Here here, boolean hasMoved, long told) {
    return here.seesAll() ? hasMoved && isPast(told, ADVANCE) : isPast(told, HEARTBEAT);
  }

  private static boolean isPast(long since, Duration time) {
    return System.nanoTime() - since >= time.toNanos();
  }

  private static void at(EventLine client, Tail tail, Here here) {
    String mark = here.mark(tail.at());
    client.send("at", mark, mark);
  }

  private static boolean isTold(Tail.Part part) {
    return !part.events().isEmpty() || part.more() > 0 || !part.exact();
  }

  private static Optional<Tail.Part> next(Tail tail) {
    try {
      return tail.next();
    } catch (Busy e) {
      return Optional.empty(); // asked again in a moment; nothing is lost
    } catch (Cancelled e) {
      if (!e.by().isEmpty()) {
        throw new Ended(String.valueOf(e.getMessage()));
      }
      return Optional.empty(); // who reads it has left, which is seen where it goes on
    } catch (QueryFault e) {
      throw new Ended(String.valueOf(e.getMessage()));
    }
  }

  // Each event's id is where its followers begin: a line that is cut off in the middle of a part
  // goes on after the last event that arrived. What is not shown is told first, so that it is told
  // however far the rest comes.
  private static void send(
      EventLine client, Tail.Part part, Function<Event, String> data, Here here) {
    if (part.more() > 0 || !part.exact()) {
      client.send("more", "{\"count\":%d,\"exact\":%b}".formatted(part.more(), part.exact()));
    }
    for (var event : part.events()) {
      client.send("event", data.apply(event), here.mark(event.id().sequence() + 1));
    }
    String mark = here.mark(part.next());
    client.send("at", mark, mark);
  }
}
