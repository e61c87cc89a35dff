package mo.farol.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What ECS 9 types the values of a field as. The parser keeps a value here only where its type
 * takes it, so a sink may rely on it: every {@code source.ip} of an event is an address, every
 * {@code source.port} a whole number. What a type refuses stands under {@link #refused the name
 * with} {@code .text}, beside a {@code farol.note}.
 */
public final class FieldTypes {
  /** The types that restrict a value. Every other field takes any text. */
  public enum Type {
    KEYWORD("any text"),
    IP("an address"),
    LONG("a whole number"),
    FLOAT("a number"),
    DATE("a time"),
    BOOLEAN("true or false");

    private final String words;

    Type(String words) {
      this.words = words;
    }
  }

  private static final Type[] TYPES = Type.values();
  private static final Map<Type, List<String>> NAMES =
      Map.of(
          Type.IP,
          names(
              """
              client.ip client.nat.ip destination.ip destination.nat.ip dns.resolved_ip host.ip
              network.forwarded_ip observer.ip related.ip server.ip server.nat.ip source.ip
              source.nat.ip threat.indicator.ip threat.enrichments.indicator.ip
              orchestrator.resource.ip
              """),
          Type.LONG,
          names(
              """
              client.bytes client.packets client.port client.nat.port client.as.number
              destination.bytes destination.packets destination.port destination.nat.port
              destination.as.number server.bytes server.packets server.port server.nat.port
              server.as.number source.bytes source.packets source.port source.nat.port
              source.as.number dns.answers.ttl email.attachments.file.size event.duration
              event.sequence event.severity file.size file.x509.public_key_size host.uptime
              http.request.body.bytes http.request.bytes http.response.body.bytes
              http.response.bytes http.response.status_code log.origin.file.line
              log.syslog.facility.code log.syslog.priority log.syslog.severity.code network.bytes
              network.packets package.size process.args_count process.exit_code process.pid
              process.thread.id process.uptime process.parent.pid process.parent.thread.id
              process.parent.args_count process.parent.exit_code url.port
              tls.client.x509.public_key_size tls.server.x509.public_key_size
              threat.indicator.port threat.indicator.file.size farol.original.bytes
              farol.late farol.ahead
              """),
          Type.FLOAT,
          names(
              """
              event.risk_score event.risk_score_norm host.cpu.usage source.geo.location.lat
              source.geo.location.lon destination.geo.location.lat destination.geo.location.lon
              vulnerability.score.base vulnerability.score.environmental
              vulnerability.score.temporal
              """),
          Type.DATE,
          names(
              """
              event.created event.end event.ingested event.start file.accessed file.created
              file.ctime file.mtime file.x509.not_after file.x509.not_before process.start
              process.end process.parent.start process.parent.end email.delivery_timestamp
              email.origination_timestamp package.installed tls.client.not_after
              tls.client.not_before tls.server.not_after tls.server.not_before
              threat.indicator.first_seen threat.indicator.last_seen
              """),
          Type.BOOLEAN,
          names(
              """
              file.code_signature.exists file.code_signature.trusted file.code_signature.valid
              process.code_signature.exists process.code_signature.trusted
              process.code_signature.valid process.interactive tls.established tls.resumed
              """));
  private static final byte[] BY_FIELD = byField();
  private static final int[] REFUSED = refusedFields();
  private static final byte[][] NOTES = notes();

  private FieldTypes() {}

  /** The type of a field by its number. */
  public static Type of(int field) {
    return field < BY_FIELD.length ? TYPES[BY_FIELD[field]] : Type.KEYWORD;
  }

  /** Whether a field's type restricts its values. */
  public static boolean isTyped(int field) {
    return field < BY_FIELD.length && BY_FIELD[field] != 0;
  }

  /** Whether the type of a field takes {@code b[from .. to)}; an empty value is always taken. */
  public static boolean accepts(int field, byte[] b, int from, int to) {
    if (!isTyped(field) || from == to) {
      return true;
    }
    return switch (TYPES[BY_FIELD[field]]) {
      case KEYWORD -> true;
      case IP -> ValueText.isAddress(b, from, to);
      case LONG -> ValueText.isWhole(b, from, to);
      case FLOAT -> ValueText.isNumber(b, from, to);
      case DATE -> ValueText.isTime(b, from, to);
      case BOOLEAN -> ValueText.isBoolean(b, from, to);
    };
  }

  /** The field under which a refused value is kept: the name with {@code .text}. */
  public static int refused(int field) {
    return REFUSED[field];
  }

  /** The note beside a refused value, such as {@code source.ip: not an address}. */
  public static byte[] note(int field) {
    return NOTES[field];
  }

  private static List<String> names(String block) {
    return Arrays.stream(block.trim().split("\\s+", -1)).toList();
  }

  private static byte[] byField() {
    byte[] all = new byte[Fields.LIMIT];
    int most = 0;
    for (var entry : NAMES.entrySet()) {
      for (String name : entry.getValue()) {
        int field = Fields.id(name);
        all[field] = (byte) entry.getKey().ordinal();
        most = Math.max(most, field);
      }
    }
    return Arrays.copyOf(all, most + 1);
  }

  private static int[] refusedFields() {
    int[] fields = new int[BY_FIELD.length];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = BY_FIELD[i] == 0 ? i : Fields.id(Fields.name(i) + ".text");
    }
    return fields;
  }

  private static byte[][] notes() {
    byte[][] notes = new byte[BY_FIELD.length][];
    for (int i = 0; i < notes.length; i++) {
      String text = Fields.name(i) + ": not " + TYPES[BY_FIELD[i]].words;
      notes[i] = text.getBytes(StandardCharsets.UTF_8);
    }
    return notes;
  }
}
