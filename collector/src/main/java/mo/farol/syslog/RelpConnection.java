package mo.farol.syslog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Supplier;
import mo.farol.event.Origin;
import mo.farol.wire.Answering;
import mo.farol.wire.Appender;
import mo.farol.wire.Counts;
import mo.farol.wire.Inlet;
import mo.farol.wire.Peer;
import mo.farol.wire.Signal;
import mo.farol.wire.Workbench;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One RELP session: a message is answered {@code 200 OK} when it is on disk, and never otherwise.
 * Whatever goes wrong ends the connection, for then the sender keeps what has no answer and sends
 * it again. Runs on its event loop.
 */
final class RelpConnection extends ChannelInboundHandlerAdapter implements RelpDecoder.Frames {
  private static final Logger log = LoggerFactory.getLogger(RelpConnection.class);
  private static final byte[] OK = " rsp 6 200 OK\n".getBytes(US_ASCII);
  private static final int FIRST_NUMBERS = 64;
  private static final int MOST_UNKNOWN = 16;

  private final Origin origin;
  private final Supplier<Workbench> benches;
  private final Appender appender;
  private final Counts counts;
  private final Channel channel;
  private final Answering answers;
  private final RelpDecoder decoder;
  // What has arrived and waits because too much is unanswered.
  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
  private int[] numbers = new int[FIRST_NUMBERS];
  private int count;
  private int unknown;
  private boolean open;
  private boolean working;

  RelpConnection(Channel channel, String agency, Supplier<Workbench> benches, Inlet inlet) {
    this.channel = channel;
    this.origin = Origin.live(agency, "relp", Peer.of(channel.remoteAddress()));
    this.benches = benches;
    this.appender = inlet.appender("relp");
    this.counts = inlet.counts();
    this.answers = new Answering(channel, origin, appender, counts, this::work);
    this.decoder = new RelpDecoder(inlet.frameLimit());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    waiting.add((ByteBuf) message);
    work();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    release(); // unanswered: the sender sends it again
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    release();
  }

  @Override
  public void relp(
      int number, RelpDecoder.Command command, byte[] data, int from, int to, byte mark) {
    if (answers.isEnding()) {
      return;
    }
    if (command == RelpDecoder.Command.SYSLOG && open && number > 0) {
      syslog(number, data, from, to, mark);
      return;
    }
    flush();
    if (command == RelpDecoder.Command.OPEN && !open) {
      open(number, new String(data, from, to - from, ISO_8859_1));
    } else if (command == RelpDecoder.Command.CLOSE && open) {
      answers.end(() -> write(number + " rsp 0\n0 serverclose 0\n"));
    } else if (command == RelpDecoder.Command.OTHER && open) {
      unknown(number);
    } else {
      refuse("a command out of turn");
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    answers.look();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Signal.DRAIN) {
      answers.end(() -> write("0 serverclose 0\n"));
      release();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("a RELP connection of {} from {} broke: {}", origin.agency(), origin.peer(), cause);
    context.close();
  }

  private void work() {
    if (working) {
      return; // an answer made room for more while we are at it
    }
    working = true;
    answers.cork();
    try {
      do {
        takeWaiting();
      } while (!waiting.isEmpty() && !answers.isPaused());
    } finally {
      working = false;
      answers.uncork();
    }
    if (answers.isEnding()) {
      release();
    }
  }

  private void takeWaiting() {
    try {
      while (!waiting.isEmpty() && !answers.isPaused()) {
        take();
      }
    } catch (RelpDecoder.Broken e) {
      refuse(String.valueOf(e.getMessage()));
    } finally {
      flush();
    }
  }

  private void take() throws RelpDecoder.Broken {
    byte[] scratch = benches.get().scratch;
    var head = waiting.element();
    int more = Math.min(head.readableBytes(), scratch.length);
    head.readBytes(scratch, 0, more);
    if (!head.isReadable()) {
      waiting.remove().release();
    }
    decoder.take(scratch, 0, more, this);
  }

  private void release() {
    for (var next = waiting.poll(); next != null; next = waiting.poll()) {
      next.release();
    }
  }

  private void unknown(int number) {
    counts.refused("relp-command", 1);
    if (++unknown < MOST_UNKNOWN) {
      answer(number, "500 this command is not known here");
    } else {
      refuse("too many commands that are not known");
    }
  }

  private void syslog(int number, byte[] data, int from, int to, byte mark) {
    var frames = benches.get().frames;
    int end = mark == 0 ? Framer.withoutLineEnd(data, from, to) : to;
    if (end > from) {
      frames.add(data, from, end, mark);
    }
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, count * 2);
    }
    numbers[count++] = number;
    if (Appender.isFull(frames) || count >= Appender.BATCH_FRAMES) {
      flush();
    }
  }

  private void open(int number, String offers) {
    if (offers.lines().noneMatch(RelpConnection::offersSyslog)) {
      counts.refused("relp", 1);
      answers.end(() -> respond(number, "500 the command syslog is needed and not offered"));
      return;
    }
    open = true;
    String version = offers.lines().anyMatch("relp_version=0"::equals) ? "0" : "1";
    answer(number, "200 OK\nrelp_version=" + version + "\nrelp_software=farol\ncommands=syslog");
  }

  private static boolean offersSyslog(String line) {
    return line.startsWith("commands=")
        && Arrays.asList(line.substring("commands=".length()).split(",", -1)).contains("syslog");
  }

  // What was cut so far goes to the log; its numbers are answered once it is there.
  private void flush() {
    if (count == 0) {
      return;
    }
    int[] answered = Arrays.copyOf(numbers, count);
    count = 0;
    var frames = benches.get().frames;
    if (frames.count() == 0) {
      answers.after(() -> ok(answered));
    } else {
      answers.append(appender.batch(frames, origin), () -> ok(answered));
    }
  }

  private void ok(int[] answered) {
    var out = channel.alloc().buffer(answered.length * (OK.length + 6));
    for (int number : answered) {
      out.writeCharSequence(Integer.toString(number), US_ASCII);
      out.writeBytes(OK);
    }
    channel.pipeline().write(out);
  }

  private void refuse(String why) {
    if (answers.isEnding()) {
      return;
    }
    flush();
    counts.refused("relp", 1);
    log.debug("a RELP connection of {} from {} ends: {}", origin.agency(), origin.peer(), why);
    answers.end(() -> {});
  }

  private void answer(int number, String text) {
    answers.after(() -> respond(number, text));
  }

  private void respond(int number, String text) {
    write(number + " rsp " + text.length() + " " + text + "\n");
  }

  private void write(String text) {
    var out = channel.alloc().buffer(text.length());
    out.writeCharSequence(text, US_ASCII);
    channel.pipeline().write(out);
  }
}
