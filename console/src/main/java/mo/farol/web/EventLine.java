package mo.farol.web;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Server-sent events (HTML standard, section 9.2) as an answer that its request's own thread writes
 * for as long as it lasts. Nothing of it is asynchronous: what a client gives up must not take the
 * request away from whoever still works on it. Belongs to the request's thread.
 */
final class EventLine {
  private static final String TYPE = "text/event-stream";
  private final ServletOutputStream out;
  private boolean isOver;

  private EventLine(ServletOutputStream out) {
    this.out = out;
  }

  /** Throws {@link Refused} where a request asks for something else. */
  static void mustBeWanted(Context context) {
    if (!String.valueOf(context.header("Accept")).contains(TYPE)) {
      throw new Refused(
          406, "Server-sent events only", "Ask with 'Accept: text/event-stream' and keep reading.");
    }
  }

  /** Begins the answer. Not packed, for each event is to arrive at once. */
  static EventLine open(Context context) throws IOException {
    mustBeWanted(context);
    context.status(200).contentType(TYPE + "; charset=utf-8");
    context.header("Cache-Control", "no-cache");
    context.header("X-Accel-Buffering", "no"); // for a proxy before us
    context.res().flushBuffer();
    return new EventLine(context.res().getOutputStream());
  }

  /** Whether the client was found to have left. */
  boolean isOver() {
    return isOver;
  }

  void send(String kind, String data) {
    write("event: " + kind + "\n" + data(data) + "\n");
  }

  void send(String kind, String data, String id) {
    write("id: " + id + "\nevent: " + kind + "\n" + data(data) + "\n");
  }

  /** What keeps the line alive and tells the client nothing. */
  void comment(String text) {
    write(": " + text + "\n\n");
  }

  // Each line of a text is one of its own.
  private static String data(String text) {
    var lines = new StringBuilder();
    text.lines().forEach(line -> lines.append("data: ").append(line).append('\n'));
    return lines.isEmpty() ? "data:\n" : lines.toString();
  }

  private void write(String text) {
    if (isOver) {
      return;
    }
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      isOver = true;
    }
  }
}
