package mo.farol.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Whether the client of a request is still there while its answer is worked out. Jetty does not
 * read from a connection meanwhile, so nobody would see it close; who waits for the answer looks
 * here now and then. A client of HTTP/1.1 says nothing while it waits (RFC 9112 section 9.3.2 lets
 * it send the next request; it is given back to Jetty, and no more looked at). Of HTTP/2, which is
 * read from all the while, Jetty tells what was given up. Belongs to the request's thread.
 */
final class Presence implements BooleanSupplier {
  private static final String ATTRIBUTE = "farol.connection";
  private static final String GIVEN_UP = "farol.given-up";
  private static final String PRESENCE = "farol.presence";

  private final Connection connection;
  private final EndPoint line;
  private boolean isLooking = true;
  private boolean hasLeft;

  private Presence(Connection connection) {
    this.connection = connection;
    this.line = connection.getEndPoint();
  }

  /** Notes on each request which connection it came on. */
  static Handler.Wrapper noting() {
    return new Handler.Wrapper() {
      @Override
      public boolean handle(Request request, Response response, Callback callback)
          throws Exception {
        if (Http2.is(request)) {
          var isGivenUp = new AtomicBoolean();
          request.addFailureListener(_ -> isGivenUp.set(true));
          request.setAttribute(GIVEN_UP, isGivenUp);
        } else {
          request.setAttribute(ATTRIBUTE, request.getConnectionMetaData().getConnection());
        }
        return super.handle(request, response, callback);
      }
    };
  }

  /** Says whether a request's client has left. */
  static BooleanSupplier hasLeft(Context context) {
    BooleanSupplier known = context.attribute(PRESENCE);
    if (known != null) {
      return known;
    }
    BooleanSupplier made = of(context);
    context.attribute(PRESENCE, made);
    return made;
  }

  private static BooleanSupplier of(Context context) {
    if (context.req().getAttribute(GIVEN_UP) instanceof AtomicBoolean isGivenUp) {
      return isGivenUp::get;
    }
    return context.req().getAttribute(ATTRIBUTE) instanceof Connection connection
        ? new Presence(connection)
        : () -> false;
  }

  @Override
  public boolean getAsBoolean() {
    if (isLooking) {
      look();
    }
    return hasLeft;
  }

  private void look() {
    var next = ByteBuffer.allocate(1).limit(0); // as Jetty fills it: from its limit on
    try {
      int read = line.fill(next);
      hasLeft = read < 0;
      isLooking = read == 0;
      if (read > 0 && connection instanceof Connection.UpgradeTo jetty) {
        jetty.onUpgradeTo(next);
      }
    } catch (IOException e) {
      hasLeft = true;
    }
  }
}
