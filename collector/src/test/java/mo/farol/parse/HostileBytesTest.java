package mo.farol.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mo.farol.event.EventBatch;
import mo.farol.event.FieldTypes;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Log bytes are written by attackers: whatever they are, one frame gives one event. */
class HostileBytesTest {
  private static final int FRAME_LIMIT = 64 * 1024;
  private static final long SEED = Long.getLong("farol.seed", System.nanoTime());

  private final Parser parser = new Parser(ParseConfig.defaults());

  @Test
  void random_bytes_behind_every_beginning_we_know_give_one_event_each() {
    var random = random();
    String[] starts = {
      "",
      "<13>",
      "<13>1 ",
      "<13>1 2025-03-10T11:00:00Z h sshd 1 - ",
      "{\"",
      "CEF:0|",
      "LEEF:2.0|",
      "<13>Mar 10 11:00:00 h kernel: [UFW BLOCK] IN= SRC=",
      "<13>Mar 10 11:00:00 h apache2: ",
      "<13>Mar 10 11:00:00 h sudo: a : ",
      "%ASA-6-1: ",
      "<189>45: sw1: *Mar  1 18:48:50: ",
      "{\"version\":\"1.1\",\"host\":\"h\",\"short_message\":\"",
      "{\"Event\":{\"System\":{\"",
      "type=EXECVE msg=audit(1364481363.243:24288): a0=",
      "type=SOCKADDR msg=audit(1.2:3): saddr=0200",
      "<13>date=2019-05-10 time=11:37:47 devid=\"",
      "1,2015/01/05 05:38:58,000,THREAT,url,",
      "#fields\tts\t",
      "1717200001.250000\tC7fIlMZDuRiqjpYbb\t1.1.1.6\t57005\t",
      "[Mon Aug 31 09:30:48.958285 2020] [",
      "2019/10/30 23:26:34 [error] 2#0: ",
      "30-Jun-2018 15:50:00.999 queries: info: client @0x7f ",
      "<30>Mar 10 06:00:00 h dnsmasq[1]: query[",
      "<30>Mar 10 06:00:00 h dhcpd: DHCPACK on ",
      "LEEF:1.0|a|b|c|d|devTimeFormat=MMM\tdevTime="
    };
    var frames = new ArrayList<byte[]>();
    for (int i = 0; i < 20_000; i++) {
      byte[] start = Ascii.bytes(starts[i % starts.length]);
      byte[] frame = new byte[start.length + random.nextInt(120)];
      random.nextBytes(frame);
      System.arraycopy(start, 0, frame, 0, start.length);
      frames.add(frame);
    }
    assertOneSoundEventEach(frames);
  }

  @Test
  void real_lines_with_bytes_changed_cut_out_and_doubled_give_one_event_each() {
    var random = random();
    var cases = CasesTest.all();
    var frames = new ArrayList<byte[]>();
    for (int i = 0; i < 40_000; i++) {
      frames.add(mutated(Ascii.bytes(cases.get(i % cases.size()).frame()), random));
    }
    assertOneSoundEventEach(frames);
  }

  @Test
  @Tag("slow")
  void two_million_mutations_of_real_lines_give_one_event_each() {
    var random = random();
    var cases = CasesTest.all();
    for (int round = 0; round < 100; round++) {
      var frames = new ArrayList<byte[]>();
      for (int i = 0; i < 20_000; i++) {
        byte[] once = mutated(Ascii.bytes(cases.get(i % cases.size()).frame()), random);
        frames.add(random.nextBoolean() ? once : mutated(once, random));
      }
      assertOneSoundEventEach(frames);
    }
  }

  @Test
  void every_format_asked_for_takes_any_bytes() {
    var random = random();
    var cases = CasesTest.all();
    for (String format : Parser.formats()) {
      var origin = new Origin("a", "import", "", "1", false, format, 0, "Asia/Macau");
      var frames = new ArrayList<byte[]>();
      for (int i = 0; i < 5_000; i++) {
        byte[] line = Ascii.bytes(cases.get(random.nextInt(cases.size())).frame());
        frames.add(random.nextBoolean() ? line : mutated(line, random));
      }
      assertOneSoundEventEach(frames, origin);
    }
  }

  @Test
  void every_line_of_the_cases_may_end_after_any_byte() {
    var frames = new ArrayList<byte[]>();
    for (var one : CasesTest.all()) {
      byte[] whole = Ascii.bytes(one.frame());
      for (int length = 0; length <= whole.length; length++) {
        frames.add(java.util.Arrays.copyOf(whole, length));
      }
    }
    assertOneSoundEventEach(frames);
  }

  @Test
  void json_ten_thousand_levels_deep_is_rejected_with_its_text_kept() {
    for (String open : new String[] {"{\"a\":", "["}) {
      String deep = "{\"a\":" + open.repeat(10_000);
      var parsed = Parsed.of(deep);
      assertThat(parsed.rejection()).isEqualTo("JSON nested deeper than 32");
      assertThat(parsed.get("message")).isEqualTo(deep);
    }
    String allowed = "{\"a\":".repeat(32) + "1" + "}".repeat(32);
    assertThat(Parsed.of(allowed).rejection()).isEmpty();
  }

  @Test
  void json_with_more_values_than_allowed_keeps_the_first_and_says_so() {
    var json = new StringBuilder("{\"message\":\"m\"");
    for (int i = 1; i < 1000; i++) {
      json.append(",\"k").append(i).append("\":1");
    }
    assertThat(Parsed.of(json + "}").fields()).doesNotContainKey("farol.note");
    assertThat(Parsed.of(json + ",\"last\":1}").fields())
        .containsEntry("k999", "1")
        .containsEntry("farol.note", "JSON with more values than we take")
        .doesNotContainKey("last");
  }

  @Test
  void a_name_too_long_for_the_dictionary_overflows_and_keeps_its_value() {
    String name = "n".repeat(300);
    assertThat(Parsed.of("{\"" + name + "\":\"v\",\"m\":1}").fields())
        .containsEntry("farol.overflow", "v")
        .containsEntry("m", "1");
  }

  @Test
  void frames_of_64_kib_of_the_worst_of_each_kind_give_one_event_each() {
    String[] heads = {
      "<13>1 - - - - - [a b=\"",
      "<13>1 - - - - - ",
      "<13>",
      "{\"a\":[",
      "{\"a\":\"",
      "CEF:0|a|b|c|d|e|f|",
      "LEEF:1.0|a|b|c|d|",
      "<13>Mar 10 11:00:00 h kernel: IN=a SRC=b ",
      "<13>Mar 10 11:00:00 h sshd[1]: Failed password for ",
      "<13>Mar 10 11:00:00 h sudo: a : ",
      "<13>Mar 10 11:00:00 h apache2: 1.1.1.1 - - [10/Mar/2025:06:00:05 +0000] \"",
      "<166>Mar 10 11:00:00 h %ASA-6-302014: ",
      "<166>Mar 10 11:00:00 h %ASA-6-113019: Group = ",
      "type=EXECVE msg=audit(1364481363.243:24288): a0=",
      "a=b c=d e=\"",
      "1,2015/01/05 05:38:58,000,THREAT,\"",
      "#fields\tts\t",
      "1717200001.250000\t",
      "[Mon Aug 31 09:30:48.958285 2020] [core:error] ",
      "30-Jun-2018 15:50:00.999 queries: info: client ",
      "LEEF:2.0|a|b|c|d|^|a=b^devTimeFormat="
    };
    String[] fills = {
      "a", " ", "[a]", "\\", "\\\"", "1,", "a=b ", "\t", " from ", " ; ", "for to ", "\u00e9"
    };
    var frames = new ArrayList<byte[]>();
    for (String head : heads) {
      for (String fill : fills) {
        byte[] frame = Ascii.bytes(head + fill.repeat(FRAME_LIMIT / fill.length()));
        frames.add(java.util.Arrays.copyOf(frame, FRAME_LIMIT));
      }
    }
    assertOneSoundEventEach(frames);
  }

  @Test
  void broken_utf8_is_kept_byte_for_byte() {
    byte[] frame = "<13>1 - h a - - - caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
    var batch = parse(List.of(frame));
    int k = batch.find(0, mo.farol.event.Fields.MESSAGE);
    assertThat(batch.rejection(0)).isNull();
    assertThat(batch.bytes(k)[batch.start(k) + 3]).isEqualTo((byte) 0xe9);
  }

  private void assertOneSoundEventEach(List<byte[]> frames) {
    assertOneSoundEventEach(frames, Parsed.ORIGIN);
  }

  private void assertOneSoundEventEach(List<byte[]> frames, Origin origin) {
    var batch = parse(frames, origin);
    assertThat(batch.count()).isEqualTo(frames.size());
    for (int i = 0; i < batch.count(); i++) {
      var why = batch.rejection(i);
      if (why != null && why.startsWith("the parser failed")) {
        throw new AssertionError("seed " + SEED + ": " + why + Parsed.of(batch, i).json());
      }
      for (int k = batch.from(i); k < batch.to(i); k++) {
        boolean inside =
            batch.start(k) >= 0
                && batch.length(k) >= 0
                && batch.start(k) + batch.length(k) <= batch.bytes(k).length;
        assertThat(inside).as("seed %s, event %s", SEED, i).isTrue();
        boolean typed =
            FieldTypes.accepts(
                batch.field(k), batch.bytes(k), batch.start(k), batch.start(k) + batch.length(k));
        assertThat(typed || why != null).as("seed %s, event %s, pair %s", SEED, i, k).isTrue();
      }
    }
  }

  private EventBatch parse(List<byte[]> frames) {
    return parse(frames, Parsed.ORIGIN);
  }

  private EventBatch parse(List<byte[]> frames, Origin origin) {
    var builder = new FrameBatch.Builder();
    frames.forEach(frame -> builder.add(frame, 0, frame.length, (byte) 0));
    var batch = new EventBatch();
    parser.parse(builder.build(origin, Micros.of(Parsed.RECEIVED)), 0, 0, batch);
    return batch;
  }

  private static byte[] mutated(byte[] line, Random random) {
    byte[] frame = line.clone();
    for (int n = random.nextInt(4); n >= 0 && frame.length > 1; n--) {
      int at = random.nextInt(frame.length);
      int length = Math.min(random.nextInt(8), frame.length - at);
      switch (random.nextInt(3)) {
        case 0 -> frame[at] = (byte) random.nextInt();
        case 1 -> frame = joined(frame, at, at + length);
        case 2 -> frame = joined(frame, at + length, at);
        default -> throw new IllegalStateException();
      }
    }
    return frame;
  }

  /** Everything up to {@code to} and everything from {@code from}: a cut or a doubling. */
  private static byte[] joined(byte[] frame, int to, int from) {
    byte[] made = java.util.Arrays.copyOf(frame, to + frame.length - from);
    System.arraycopy(frame, from, made, to, frame.length - from);
    return made;
  }

  private static Random random() {
    System.out.println("farol.seed=" + SEED);
    return new Random(SEED);
  }

  @Test
  void commas_without_end_in_a_cef_extension_take_time_in_proportion() {
    String head = "CEF:0|v|p|1|c|n|5|msg=x y";
    cheapest(head + ",".repeat(FRAME_LIMIT)); // warm
    long small = cheapest(head + ",".repeat(FRAME_LIMIT));
    long large = cheapest(head + ",".repeat(8 * FRAME_LIMIT));
    assertThat(large).as("8 times the bytes: %d ns and %d ns", small, large).isLessThan(32 * small);
  }

  private long cheapest(String text) {
    var frames = FrameBatch.ofTexts(Parsed.ORIGIN, Parsed.RECEIVED, text);
    var batch = new EventBatch();
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      parser.parse(frames, 0, 0, batch);
      best = Math.min(best, System.nanoTime() - start);
    }
    return best;
  }

  @Test
  void pairs_without_end_are_bounded_in_every_format_and_a_note_says_so() {
    String many = "k=v ".repeat(20_000);
    String parameters = "k=\"v\" ".repeat(20_000).strip();
    var frames =
        List.of(
            "CEF:0|v|p|1|c|n|5|" + many,
            "LEEF:1.0|v|p|1|c|" + "k=v\t".repeat(20_000),
            "type=USER_LOGIN msg=audit(1364481363.243:24288): " + many,
            "<13>1 2025-03-10T11:00:00Z h app 1 - [a@1 " + parameters + "] text");
    for (String frame : frames) {
      var batch = new EventBatch();
      parser.parse(FrameBatch.ofTexts(Parsed.ORIGIN, Parsed.RECEIVED, frame), 0, 0, batch);
      assertThat(batch.to(0) - batch.from(0)).as(frame.substring(0, 20)).isBetween(1000, 1100);
      assertThat(Parsed.of(batch, 0).get("farol.note")).contains("more values than we take");
    }
  }

  @Test
  void a_set_of_zeek_without_end_is_bounded() {
    String head = "#fields\tts\tnames\tafter";
    var batch = new EventBatch();
    var frames =
        FrameBatch.ofTexts(
            Parsed.ORIGIN,
            Parsed.RECEIVED,
            head,
            "#types\ttime\tset[string]\tstring",
            "1717200001.250000\t" + "a,".repeat(20_000) + "a\tlast");
    Parser.alone(ParseConfig.defaults()).parse(frames, 0, 0, batch);
    assertThat(batch.to(2) - batch.from(2)).isBetween(1000, 1010);
    var event = Parsed.of(batch, 2);
    assertThat(event.get("after")).isEqualTo("last");
    assertThat(event.get("farol.note")).contains("more values than we take");
  }
}
