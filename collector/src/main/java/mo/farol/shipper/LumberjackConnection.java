package mo.farol.shipper;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import mo.farol.event.Origin;
import mo.farol.wire.AnsweredConnection;
import mo.farol.wire.Appender;
import mo.farol.wire.BrokenStream;
import mo.farol.wire.Inlet;
import mo.farol.wire.Peer;
import mo.farol.wire.Signal;
import mo.farol.wire.Workbench;

/**
 * One Lumberjack connection: events are acknowledged by their number in the window when they are on
 * disk, a part of a window too. While that takes long an acknowledgement of 0 says that we live,
 * for senders give up otherwise and send all again. Runs on its event loop.
 */
final class LumberjackConnection extends AnsweredConnection implements LumberjackDecoder.Frames {
  private static final long ALIVE_SECONDS = 3;
  private static final int ACK_BYTES = 6;

  private final Channel channel;
  private final LumberjackDecoder decoder;
  private boolean inWindow;
  private boolean hasNumber;
  private int version;
  private long number;
  private int taken;
  private boolean spoke;

  LumberjackConnection(Channel channel, String agency, Supplier<Workbench> benches, Inlet inlet) {
    super(
        channel,
        Origin.live(agency, "lumberjack", Peer.of(channel.remoteAddress()), "json"),
        benches,
        inlet);
    this.channel = channel;
    this.decoder = new LumberjackDecoder(inlet.frameLimit());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    super.handlerAdded(context);
    var alive =
        context
            .executor()
            .scheduleAtFixedRate(this::sayAlive, ALIVE_SECONDS, ALIVE_SECONDS, TimeUnit.SECONDS);
    channel.closeFuture().addListener(closed -> alive.cancel(false));
  }

  @Override
  public void window(int version, long count) {
    flush();
    inWindow = true;
    if (count == 0) {
      answers().after(() -> acknowledge(version, 0));
    }
  }

  @Override
  public void event(int version, long number, byte[] bytes, int from, int to, byte mark)
      throws BrokenStream {
    if (!inWindow) {
      throw new BrokenStream("an event before any window");
    }
    ended();
    var frames = frames();
    if (to > from) {
      frames.add(bytes, from, to, mark);
    }
    this.version = version;
    this.number = number;
    hasNumber = true;
    if (++taken >= Appender.BATCH_FRAMES || Appender.isFull(frames)) {
      flush();
    }
  }

  @Override
  public boolean isFull() {
    return answers().isPaused();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Signal.DRAIN) {
      answers().end(() -> {});
    }
  }

  @Override
  protected int cut(byte[] bytes, int to) throws BrokenStream {
    return decoder.take(bytes, 0, to, this);
  }

  // The last number of what was cut so far is acknowledged once it is there.
  @Override
  protected void flush() {
    if (hasNumber) {
      hasNumber = false;
      taken = 0;
      int ofVersion = version;
      long upTo = number;
      append(() -> acknowledge(ofVersion, upTo));
    }
  }

  @Override
  protected boolean isUnfinished() {
    return decoder.isUnfinished();
  }

  @Override
  protected long held() {
    return decoder.held();
  }

  @Override
  protected void over() {
    decoder.close();
  }

  private void acknowledge(int ofVersion, long upTo) {
    spoke = true;
    var out = buffer(ACK_BYTES);
    out.writeByte('0' + ofVersion).writeByte('A').writeInt((int) upTo);
    write(out);
  }

  private void sayAlive() {
    if (!spoke && version != 1 && !answers().isEnding() && (isFull() || !answers().isIdle())) {
      acknowledge(2, 0);
      channel.pipeline().flush();
    }
    spoke = false;
  }
}
