package mo.farol.syslog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.Arrays;
import java.util.function.Supplier;
import mo.farol.event.Origin;
import mo.farol.wire.AnsweredConnection;
import mo.farol.wire.Appender;
import mo.farol.wire.BrokenStream;
import mo.farol.wire.Counts;
import mo.farol.wire.Inlet;
import mo.farol.wire.Peer;
import mo.farol.wire.Signal;
import mo.farol.wire.Workbench;

/**
 * One RELP session: a message is answered {@code 200 OK} when it is on disk, and never otherwise.
 * Runs on its event loop.
 */
final class RelpConnection extends AnsweredConnection implements RelpDecoder.Frames {
  private static final byte[] OK = " rsp 6 200 OK\n".getBytes(US_ASCII);
  private static final int FIRST_NUMBERS = 64;
  private static final int MOST_UNKNOWN = 16;

  private final Counts counts;
  private final RelpDecoder decoder;
  private int[] numbers = new int[FIRST_NUMBERS];
  private int count;
  private int unknown;
  private boolean open;

  RelpConnection(Channel channel, String agency, Supplier<Workbench> benches, Inlet inlet) {
    super(channel, Origin.live(agency, "relp", Peer.of(channel.remoteAddress())), benches, inlet);
    this.counts = inlet.counts();
    this.decoder = new RelpDecoder(inlet.frameLimit());
  }

  @Override
  public void relp(
      int number, RelpDecoder.Command command, byte[] data, int from, int to, byte mark) {
    ended();
    if (answers().isEnding()) {
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
      answers().end(() -> write(number + " rsp 0\n0 serverclose 0\n"));
    } else if (command == RelpDecoder.Command.OTHER && open) {
      unknown(number);
    } else {
      refuse("a command out of turn");
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Signal.DRAIN) {
      answers().end(() -> write("0 serverclose 0\n"));
      release();
    }
  }

  @Override
  protected int cut(byte[] bytes, int to) throws BrokenStream {
    decoder.take(bytes, 0, to, this);
    return to;
  }

  // The numbers of what was cut so far are answered once it is there.
  @Override
  protected void flush() {
    if (count > 0) {
      int[] answered = Arrays.copyOf(numbers, count);
      count = 0;
      append(() -> ok(answered));
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

  private void unknown(int number) {
    counts.refused("relp-command", 1);
    if (++unknown < MOST_UNKNOWN) {
      answer(number, "500 this command is not known here");
    } else {
      refuse("too many commands that are not known");
    }
  }

  private void syslog(int number, byte[] data, int from, int to, byte mark) {
    var frames = frames();
    int end = mark == 0 ? Delimiter.trim(data, from, to) : to;
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
      answers().end(() -> respond(number, "500 the command syslog is needed and not offered"));
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

  private void ok(int[] answered) {
    var out = buffer(answered.length * (OK.length + 6));
    for (int number : answered) {
      out.writeCharSequence(Integer.toString(number), US_ASCII);
      out.writeBytes(OK);
    }
    write(out);
  }

  private void answer(int number, String text) {
    answers().after(() -> respond(number, text));
  }

  private void respond(int number, String text) {
    write(number + " rsp " + text.length() + " " + text + "\n");
  }

  private void write(String text) {
    var out = buffer(text.length());
    out.writeCharSequence(text, US_ASCII);
    write(out);
  }
}
