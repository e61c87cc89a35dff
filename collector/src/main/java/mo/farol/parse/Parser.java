package mo.farol.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * Frames in, events out: tries the formats the origin asked for, or the first that claims the
 * frame. Never throws whatever the bytes; makes no object per frame on the common path. Holds
 * scratch space, so it belongs to one thread; as many parsers as threads may run.
 */
public final class Parser {
  private static final int CHAINS = 64;
  private static final List<String> NAMES =
      Formats.all(ParseConfig.defaults(), new ZeekMemory()).stream()
          .map(Format::name)
          .filter(name -> !name.isEmpty())
          .toList();

  private final EventDraft draft;
  private final boolean arriving;
  private byte marks;
  private final Map<String, List<Format>> chains = new HashMap<>();
  private final List<Format> formats;
  private final Starts starts;

  /** One that shares with every other of the process what headers senders sent. */
  public Parser(ParseConfig config) {
    this(config, ZeekMemory.shared(), true);
  }

  private Parser(ParseConfig config, ZeekMemory memory, boolean arriving) {
    this.arriving = arriving;
    draft = new EventDraft(config.pairs());
    formats = Formats.all(config, memory);
    starts = new Starts(formats.stream().filter(f -> !(f instanceof OnRequest)).toList());
  }

  /**
   * One for lines that did not arrive: knows and teaches no other parser anything, calls none late.
   */
  static Parser alone(ParseConfig config) {
    return new Parser(config, new ZeekMemory(), false);
  }

  /** The formats that an origin can ask for by name. */
  public static List<String> formats() {
    return NAMES;
  }

  /**
   * The name of a format, or of several joined by {@code +}, once all of them are known.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static String checked(String asked) {
    for (String name : asked.split("\\+", -1)) {
      if (!NAMES.contains(plain(name))) {
        throw new IllegalArgumentException(
            "no format '" + name + "'; there are " + String.join(", ", NAMES));
      }
    }
    return asked;
  }

  /**
   * Opens {@code into} and fills one event a frame, in order. A frame that can't be read gives an
   * event with a {@link EventBatch#rejection reason}, the raw text as {@code message} and what
   * could be made out of its header.
   *
   * @param firstSequence journal sequence of frame 0
   * @param position where the block stands in the journal
   */
  public void parse(FrameBatch frames, long firstSequence, long position, EventBatch into) {
    into.open(frames, firstSequence, position);
    draft.open(frames, into);
    var asked = chains.computeIfAbsent(frames.origin().format(), this::chain);
    for (int i = 0; i < frames.count(); i++) {
      marks = frames.marks(i);
      one(asked, frames.start(i), frames.end(i));
    }
  }

  private void one(List<Format> asked, int from, int to) {
    var into = draft.into();
    draft.begin();
    boolean isText = asked.isEmpty() || asked.getFirst().isText();
    int start = isText ? Ascii.afterMark(draft.bytes(), from, to) : from;
    var why = read(asked, start, isText ? Ascii.trimEnd(draft.bytes(), start, to) : to);
    if (why == null) {
      draft.refuse();
      draft.hostOrPeer();
    } else {
      draft.add(Fields.MESSAGE, from, to);
    }
    draft.tellCut();
    tellTime();
    if (marks != 0) {
      Marks.tell(marks, draft);
      into.frames().original(into.count()).ifPresent(original -> Marks.tell(original, draft));
    }
    into.close(draft.occurredAt(), draft.severity(), why);
  }

  // An archive is late by its nature.
  private void tellTime() {
    if (arriving && draft.origin().isLive() && draft.occurredAt() != Micros.NONE) {
      Timeliness.tell(draft.occurredAt(), draft.into().frames().receivedAtMicros(), draft);
    }
  }

  private @Nullable String read(List<Format> asked, int from, int to) {
    if (from == to) {
      return "empty frame";
    }
    try {
      return (asked.isEmpty() ? claiming(from, to) : first(asked, from, to)).read(draft, from, to);
    } catch (RuntimeException bug) {
      // One hostile frame must not stop the thousands behind it; the reason makes the bug visible.
      draft.into().undo();
      return "the parser failed on this frame, please report it: " + bug;
    }
  }

  private Format claiming(int from, int to) {
    for (Format format : starts.with(draft.bytes()[from])) {
      if (format.claims(draft, from, to)) {
        return format;
      }
    }
    return formats.getLast();
  }

  /** The first of a chain that claims a frame, else the last. */
  private Format first(List<Format> chain, int from, int to) {
    for (int i = 0; i < chain.size() - 1; i++) {
      if (chain.get(i).claims(draft, from, to)) {
        return chain.get(i);
      }
    }
    return chain.getLast();
  }

  private List<Format> chain(String asked) {
    if (chains.size() > CHAINS) {
      chains.clear();
    }
    var chain = new ArrayList<Format>();
    for (String name : asked.split("\\+", -1)) {
      formats.stream()
          .filter(format -> !name.isEmpty() && format.name().equals(plain(name)))
          .forEach(chain::add);
    }
    return chain;
  }

  private static String plain(String name) {
    return switch (name) {
      case "rfc5424", "rfc3164", "bsd" -> "syslog";
      case "ndjson" -> "json";
      default -> name;
    };
  }
}
