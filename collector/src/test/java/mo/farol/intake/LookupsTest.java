package mo.farol.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mo.farol.wire.Leaks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * What some loggers look up when they meet it, in every field of every input, while our own logs
 * say all they can: it is text, and nobody calls at the address it names. {@code #} stands for a
 * port of ours where a directory would answer.
 */
@ExtendWith(Leaks.class)
@Timeout(90)
class LookupsTest {
  private static final String JNDI = "${jndi:ldap://127.0.0.1:#/a}";
  private static final String NO_PORT = "${jndi:ldap://127.0.0.1/a}";
  private static final String ENV = "${env:PATH}";
  private static final Logger LOG = (Logger) LoggerFactory.getLogger("mo.farol");

  private final OpenIntake open = new OpenIntake();
  private ServerSocketChannel directory;
  private long kept;

  @BeforeEach
  void listen() throws IOException {
    directory = ServerSocketChannel.open();
    directory.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    directory.configureBlocking(false);
    LOG.setLevel(Level.TRACE);
  }

  @AfterEach
  void close() throws IOException {
    LOG.setLevel(null);
    open.close();
    directory.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {JNDI, NO_PORT, ENV})
  void in_syslog_and_relp_it_is_text(String lookup) throws Exception {
    String text = text(lookup);
    String line = "<13>1 2026-11-24T10:00:00Z ~ ~ ~ ~ [x@1 k=\"~\"] ~".replace("~", text);
    open.sendUdp("intake.syslog.udp", line);
    isWhole(line, syslog(text));
    open.sendTcp(line + "\n");
    isWhole(line, syslog(text));
    String opening = "1 open 30 relp_version=0\ncommands=syslog\n";
    say("intake.relp", opening + "2 syslog " + line.length() + " " + line + "\n");
    isWhole(line, syslog(text));

    String old = "<13>Nov 24 10:00:00 web1 app: " + text;
    open.sendTcp(old + "\n");
    isWhole(old, Map.of("message", text, "log.syslog.appname", "app", "host.name", "web1"));
    String odd = "<13>Nov 24 10:00:00 ~ ~[~]: ~".replace("~", text);
    open.sendUdp("intake.syslog.udp", odd);
    assertThat(isWhole(odd, Map.of()).get("message")).contains(text);
    nobodyCalled();
  }

  @ParameterizedTest
  @ValueSource(strings = {JNDI, NO_PORT, ENV})
  void in_documents_of_beats_and_over_http_it_is_text(String lookup) throws Exception {
    String text = text(lookup);
    String document =
        """
        {"~":"~","message":"~","host":{"name":"~"},"user":{"name":"~","x":["~"]},\
        "@metadata":{"_id":"~"},"log":{"level":"~"}}\
        """
            .replace("~", text);
    var expected =
        of(text, text, "message", "host.name", "user.name", "user.x", "@metadata._id", "log.level");
    post("/v1/events", document);
    isWhole(document, expected);
    post("/_bulk", "{\"create\":{\"_index\":\"logs\"}}\n" + document + "\n");
    isWhole("{\"create\":{\"_index\":\"logs\"}}\n" + document, expected);
    say("intake.lumberjack", "2W" + number(1) + "2J" + number(1) + counted(document));
    assertThat(isWhole(document, expected)).containsEntry("event.id", text);

    String action = "{\"create\":{\"_index\":\"~\",\"_id\":\"~\"}}\n{\"n\":1}".replace("~", text);
    post("/_bulk", action + "\n");
    isWhole(action, of(text, "bulk.index", "event.id"));
    String pairs = "1D" + number(1) + number(2) + counted("line") + counted(text);
    say("intake.lumberjack", "1W" + number(1) + pairs + counted(text) + counted(text));
    isWhole("{\"message\":\"~\",\"~\":\"~\"}".replace("~", text), of(text, text, "message"));
    nobodyCalled();
  }

  @ParameterizedTest
  @ValueSource(strings = {JNDI, NO_PORT, ENV})
  void in_gelf_it_is_text(String lookup) throws Exception {
    String text = text(lookup);
    String gelf =
        """
        {"version":"1.1","host":"~","short_message":"~","full_message":"~","facility":"~",\
        "_k":"~","_~":"~"}\
        """
            .replace("~", text);
    var expected = of(text, "host.name", "message", "gelf.full_message", "gelf.facility", "gelf.k");
    expected.put("gelf." + text, text);
    open.sendUdp("intake.gelf", gelf);
    isWhole(gelf, expected);
    say("intake.gelf", gelf + "\0");
    isWhole(gelf, expected);
    post("/gelf", gelf);
    isWhole(gelf, expected);
    nobodyCalled();
  }

  @ParameterizedTest
  @ValueSource(strings = {JNDI, NO_PORT, ENV})
  void in_hec_it_is_text(String lookup) throws Exception {
    String text = text(lookup);
    String hec =
        """
        {"host":"~","source":"~","sourcetype":"~","index":"~","event":{"message":"~","k":"~"},\
        "fields":{"~":"~"}}\
        """
            .replace("~", text);
    var about = of(text, "host.name", "hec.source", "hec.sourcetype", "hec.index");
    var expected = of(text, text, "message", "k");
    expected.putAll(about);
    post("/services/collector", hec);
    isWhole(hec, expected);
    String asked = "host=~&source=~&sourcetype=~&index=~".replace("~", text);
    post("/services/collector/raw?" + asked, text);
    about.put("message", text);
    isWhole(open.frames(kept + 1).getLast(), about);
    nobodyCalled();
  }

  @ParameterizedTest
  @ValueSource(strings = {JNDI, NO_PORT, ENV})
  void in_otlp_it_is_text(String lookup) throws Exception {
    String text = text(lookup);
    String otlp =
        """
        {"resourceLogs":[{"resource":{"attributes":[{"key":"r","value":{"stringValue":"~"}}]},\
        "scopeLogs":[{"scope":{"name":"~"},"logRecords":[{"severityText":"~","eventName":"~",\
        "body":{"stringValue":"~"},"attributes":[{"key":"~","value":{"stringValue":"~"}}]}]}]}]}\
        """
            .replace("~", text);
    var expected = of(text, text, "r", "log.logger", "log.level", "event.action", "message");
    post("/v1/logs", otlp, "Content-Type: application/json");
    isWhole(otlp, expected);

    byte[] pair = join(part(1, text), part(2, part(1, text)));
    byte[] known = join(part(1, "r"), part(2, part(1, text)));
    byte[] log = join(part(3, text), part(5, part(1, text)), part(6, pair), part(12, text));
    byte[] scoped = join(part(1, part(1, text)), part(2, log));
    byte[] logs = part(1, join(part(1, part(1, known)), part(2, scoped)));
    post("/v1/logs", new String(logs, ISO_8859_1), "Content-Type: application/x-protobuf");
    isWhole(open.frames(kept + 1).getLast(), expected);
    nobodyCalled();
  }

  @ParameterizedTest
  @ValueSource(strings = {JNDI, NO_PORT, ENV})
  void where_it_is_refused_it_is_not_looked_up_to_tell_so(String lookup) throws Exception {
    String text = text(lookup);
    var answers = new ArrayList<String>();
    for (String head :
        List.of(
            "GET /~ HTTP/1.1\r\nHost: ~\r\nUser-Agent: ~\r\nX-Forwarded-For: ~",
            "POST /v1/events?~=~ HTTP/1.1\r\nAuthorization: Bearer ~",
            "POST /v1/events HTTP/1.1\r\nAuthorization: Bearer secret-b\r\nContent-Encoding: ~",
            "POST /v1/events HTTP/1.1\r\nAuthorization: Bearer secret-b\r\nContent-Length: ~",
            "~ ~ ~")) {
      answers.add(say("intake.http", head.replace("~", text) + "\r\nConnection: close\r\n\r\n"));
    }
    answers.add(say("intake.relp", "1 open ~".replace("~", text) + "\n"));
    answers.add(say("intake.relp", "1 ~ 0\n".replace("~", text)));
    answers.add(say("intake.lumberjack", text));
    answers.add(say("intake.lumberjack", "2W" + number(1) + "2C" + counted(text)));
    open.sendUdp("intake.gelf", "\u001e\u000f" + text);
    assertThat(answers).noneMatch(a -> a.contains(System.getenv("PATH")));
    assertThat(open.log.received()).isZero();
    nobodyCalled();
  }

  // The frame is as it was sent, its event says what is expected.
  private Map<String, String> isWhole(String frame, Map<String, String> expected) {
    kept++;
    assertThat(open.frames(kept).getLast()).isEqualTo(frame);
    var event = open.events(kept).getLast();
    assertThat(event).containsAllEntriesOf(expected).doesNotContainKey("farol.rejected");
    return event;
  }

  private void nobodyCalled() throws IOException {
    assertThat(directory.accept()).isNull();
  }

  private String text(String lookup) throws IOException {
    int port = ((InetSocketAddress) directory.getLocalAddress()).getPort();
    return lookup.replace("#", "" + port);
  }

  private static Map<String, String> syslog(String text) {
    return of(
        text,
        "host.name",
        "log.syslog.appname",
        "log.syslog.procid",
        "log.syslog.msgid",
        "log.syslog.structured_data.x@1.k",
        "message");
  }

  private static Map<String, String> of(String text, String... fields) {
    var map = new HashMap<String, String>();
    List.of(fields).forEach(field -> map.put(field, text));
    return map;
  }

  private void post(String path, String body, String... headers) throws IOException {
    var head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");
    List.of(headers).forEach(h -> head.append(h).append("\r\n"));
    head.append("Authorization: Bearer secret-b\r\n");
    String answer =
        say("intake.http", head + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    assertThat(answer).startsWith("HTTP/1.1 2");
  }

  /** Says it, one character a byte, and takes the answer to its end. */
  private String say(String key, String text) throws IOException {
    try (var socket = open.tcp(key)) {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      if (!key.equals("intake.http")) {
        socket.shutdownOutput(); // over HTTP the answer ends the connection
      }
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static String counted(String text) {
    return number(text.length()) + text;
  }

  private static String number(int value) {
    return new String(ByteBuffer.allocate(Integer.BYTES).putInt(value).array(), ISO_8859_1);
  }

  private static byte[] part(int field, String text) {
    return part(field, text.getBytes(US_ASCII));
  }

  // A field of bytes: Protocol Buffers encoding, "Length-Delimited Records".
  private static byte[] part(int field, byte[] value) {
    byte[] head = {
      (byte) (field << 3 | 2), (byte) (value.length & 0x7f | 0x80), (byte) (value.length >> 7)
    };
    return join(head, value);
  }

  private static byte[] join(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    List.of(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }
}
