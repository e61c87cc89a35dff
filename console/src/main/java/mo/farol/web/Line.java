package mo.farol.web;

import io.javalin.http.Context;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/**
 * The connection under an answer, of HTTP/2 its stream. Breaking it off in the middle of an answer
 * tells every reader that the rest is missing: HTTP's last chunk never comes. Any thread.
 */
public final class Line {
  private static final String ATTRIBUTE = "farol.line";
  private final Optional<Closeable> connection;

  private Line(Optional<Closeable> connection) {
    this.connection = connection;
  }

  /** The one that a request came on. */
  public static Line of(Context context) {
    Closeable connection = context.attribute(ATTRIBUTE);
    return new Line(Optional.ofNullable(connection));
  }

  /** Ends it at once, whatever is being written. */
  public void breakOff() {
    try {
      if (connection.isPresent()) {
        connection.get().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Request note(Request request, HttpFields.Mutable answer) {
    Closeable connection = request.getConnectionMetaData().getConnection();
    request.setAttribute(ATTRIBUTE, Http2.stream(request).orElse(connection));
    return request;
  }
}
