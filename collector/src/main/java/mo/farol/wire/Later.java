package mo.farol.wire;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;

/**
 * Does something again in a moment, once however often it is asked for: the log may be busy with
 * others' bytes, so an acknowledgement alone can't wake us. Belongs to the event loop.
 */
final class Later {
  private static final long MILLIS = 50;

  private final Channel channel;
  private final Runnable what;
  private boolean asked;

  Later(Channel channel, Runnable what) {
    this.channel = channel;
    this.what = what;
  }

  void ask() {
    if (!asked) {
      asked = true;
      channel.eventLoop().schedule(this::run, MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void run() {
    asked = false;
    what.run();
  }
}
