package mo.farol.web;

import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Sends large answers, which stay in memory until their readers have taken them whole: as many at
 * once as there is room for, no reader more than a third of it, and none as slowly as they like
 * while others wait. Any thread.
 */
final class Downloads {
  private static final int LARGE = 64 << 10;
  private static final long ALL = 96L << 20;
  private static final long OF_ONE = ALL / 3;
  private static final Duration TURN = Duration.ofSeconds(10);

  private final Turns turns = new Turns(ALL, OF_ONE);

  /**
   * Sends what a handler left as the answer to its caller, if it is large; what is small is left to
   * the server. Refuses with 503 where its turn does not come within ten seconds.
   */
  void send(Context context) throws IOException {
    if (context.resultInputStream() instanceof ByteArrayInputStream bytes
        && bytes.available() > LARGE) {
      var who = Caller.of(context).who();
      int size = bytes.available();
      if (!turns.enter(who, size, TURN)) {
        throw new Refused(
            503, "Busy", "Other large answers are being taken; ask again in some seconds.");
      }
      try {
        send(context, bytes);
      } finally {
        turns.leave(who, size);
      }
    }
  }

  private void send(Context context, InputStream answer) throws IOException {
    context.result(InputStream.nullInputStream());
    var line = Line.of(context);
    try (var out =
        new Watched(context.outputStream(), line, SlowReaderLimits.usual(), turns::isWanted)) {
      answer.transferTo(out);
      out.flush();
    } catch (IOException e) {
      line.breakOff(); // the reader went away, or took it too slowly
    }
  }
}
