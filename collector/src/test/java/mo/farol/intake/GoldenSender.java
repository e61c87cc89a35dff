package mo.farol.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.parse.EventJson;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;

/**
 * What a real sender put on the wire, as its file beside the tests keeps it, line by line: the
 * input and when it was received, the bytes in hexadecimal, a line "datagram" before each of UDP's,
 * then each frame that they are cut into and each event that the parser makes of it.
 *
 * @param input the listener's name
 * @param received when, for times without a year
 * @param pieces the datagrams, or all of a connection as one
 * @param frames as text, a line feed written {@code \n}
 */
record GoldenSender(String input, Instant received, List<byte[]> pieces, List<String> frames) {
  static final Path FOLDER = Path.of("src", "test", "resources", "mo", "farol", "senders");
  private static final int HEX_BYTES_A_LINE = 40;
  private static final String DATAGRAM = "datagram";
  private static final String PEER = "192.0.2.9";

  /** Of a connection: several of one sender are noted as one, frames in the order of the bytes. */
  static GoldenSender of(String input, byte[] bytes, List<String> frames) {
    String latin = new String(bytes, ISO_8859_1);
    var inOrder =
        frames.stream()
            .sorted(
                Comparator.comparingInt(
                    f -> latin.indexOf(new String(f.getBytes(UTF_8), ISO_8859_1))))
            .toList();
    return of(input, List.of(bytes), inOrder);
  }

  /** Of datagrams. */
  static GoldenSender of(String input, List<byte[]> datagrams, List<String> frames) {
    return new GoldenSender(
        input,
        Instant.now().truncatedTo(ChronoUnit.MINUTES),
        datagrams,
        frames.stream().map(f -> f.replace("\n", "\\n")).toList());
  }

  /** Whether golden files are to be written rather than looked at. */
  static boolean isWriting() {
    return "write".equals(System.getProperty("golden"));
  }

  /** Writes its file where that was asked for. */
  void keep(String name) throws IOException {
    if (isWriting()) {
      Files.createDirectories(FOLDER);
      Files.writeString(file(name), text());
    }
  }

  static Path file(String name) {
    return FOLDER.resolve(name + ".txt");
  }

  static GoldenSender read(Path file) throws IOException {
    var pieces = new ArrayList<ByteArrayOutputStream>();
    var lines = Files.readAllLines(file);
    for (String line : lines) {
      if (line.equals(DATAGRAM) || line.startsWith("received ")) {
        pieces.add(new ByteArrayOutputStream());
      } else if (line.matches("[0-9a-f]+")) {
        pieces.getLast().writeBytes(HexFormat.of().parseHex(line));
      }
    }
    return new GoldenSender(
        of("input ", lines).getFirst(),
        Instant.parse(of("received ", lines).getFirst()),
        pieces.stream().map(ByteArrayOutputStream::toByteArray).filter(p -> p.length > 0).toList(),
        of("frame ", lines));
  }

  /** The events as its file has them. */
  static List<String> events(Path file) throws IOException {
    return of("event ", Files.readAllLines(file));
  }

  /** What the parser makes of the frames, as JSON. */
  List<String> events() throws IOException {
    String format = input.startsWith("gelf") ? "gelf" : "";
    var origin = Origin.live("agency-a", input, PEER, format);
    String[] texts = frames.stream().map(f -> f.replace("\\n", "\n")).toArray(String[]::new);
    return json(FrameBatch.ofTexts(origin, received, texts));
  }

  /** What the parser makes of frames, as JSON. */
  static List<String> json(FrameBatch frames) throws IOException {
    var batch = new EventBatch();
    new Parser(ParseConfig.defaults()).parse(frames, 0, 0, batch);
    var events = new ArrayList<String>();
    for (int i = 0; i < batch.count(); i++) {
      var json = new ByteArrayOutputStream();
      EventJson.write(batch, i, json);
      events.add(json.toString(UTF_8));
    }
    return events;
  }

  /** Its bytes as text, but for what is another each time: times, hosts, ids, lengths, versions. */
  String steady() {
    var text = new StringBuilder();
    pieces.forEach(piece -> text.append(steady(new String(piece, ISO_8859_1))).append('\f'));
    return text.toString();
  }

  static String steady(String latin) {
    return latin
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(Z|[+-]\\d\\d:\\d\\d) \\S+", "TIME HOST")
        .replaceAll("[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\S+", "TIME HOST")
        .replaceAll("\\[timeQuality [^]]*]", "[timeQuality]")
        .replaceAll("\\[\\d+]:", "[PID]:")
        .replaceAll("relp_software=[^\n]*", "relp_software=VERSION")
        .replaceAll("(\\d+ (open|syslog|close)) \\d+", "$1 LENGTH")
        .replaceAll("\\d+ (?=<\\d+>)", "LENGTH ");
  }

  private String text() throws IOException {
    var text = new StringBuilder("input " + input + "\nreceived " + received + "\n");
    for (byte[] piece : pieces) {
      text.append(input.endsWith(".udp") ? DATAGRAM + "\n" : "");
      for (int at = 0; at < piece.length; at += HEX_BYTES_A_LINE) {
        int end = Math.min(piece.length, at + HEX_BYTES_A_LINE);
        text.append(HexFormat.of().formatHex(piece, at, end)).append('\n');
      }
    }
    frames.forEach(f -> text.append("frame ").append(f).append('\n'));
    events().forEach(e -> text.append("event ").append(e).append('\n'));
    return text.toString();
  }

  private static List<String> of(String word, List<String> lines) {
    Stream<String> with = lines.stream().filter(l -> l.startsWith(word));
    return with.map(l -> l.substring(word.length())).toList();
  }
}
