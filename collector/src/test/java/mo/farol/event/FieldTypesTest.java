package mo.farol.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FieldTypesTest {
  private static final Pattern LOOSE = Pattern.compile("[0-9a-f]{5}|\\.\\d{4}|\\d{4}\\.");

  @Test
  void each_type_takes_its_own_and_refuses_the_rest() {
    assertThat(takes("source.ip", "192.0.2.1", "2001:db8::1", "::", "::ffff:192.0.2.1")).isTrue();
    for (String text : new String[] {"999.1.1.1", "1.2.3", "fe80::1%eth0", ":", "1::2::3", "x"}) {
      assertThat(takes("source.ip", text)).as(text).isFalse();
    }
    assertThat(takes("source.port", "0", "65535", "-1", "0001")).isTrue();
    assertThat(takes("source.port", "80/tcp")).isFalse();
    assertThat(takes("source.port", "12345678901234567890")).isFalse();
    assertThat(takes("source.geo.location.lat", "1", "-22.19", "1e-3")).isTrue();
    assertThat(takes("source.geo.location.lat", "1.")).isFalse();
    assertThat(takes("event.start", "2026-03-10T06:00:00Z", "2026-03-10", "1741564802")).isTrue();
    assertThat(takes("event.start", "yesterday")).isFalse();
    assertThat(takes("tls.established", "true", "false")).isTrue();
    assertThat(takes("tls.established", "T")).isFalse();
  }

  @Test
  void any_other_field_takes_any_text_and_an_empty_value_is_no_fault() {
    assertThat(takes("made.up", "anything")).isTrue();
    assertThat(takes("source.ip", "")).isTrue();
  }

  @Test
  void a_refused_value_has_a_name_and_a_note_of_its_own() {
    int field = Fields.id("source.ip");
    assertThat(Fields.name(FieldTypes.refused(field))).isEqualTo("source.ip.text");
    assertThat(new String(FieldTypes.note(field), StandardCharsets.UTF_8))
        .isEqualTo("source.ip: not an address");
  }

  @Test
  void addresses_agree_with_java_s_on_random_texts() {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("farol.seed=" + seed);
    var random = new Random(seed);
    String alphabet = "0125a:.";
    for (int i = 0; i < 200_000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(2, 16); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      // Java takes groups of more than four digits, and zeros before the numbers between dots;
      // RFC 4291 section 2.2 does not.
      if (text.indexOf(":") >= 0 && !LOOSE.matcher(text).find()) {
        assertThat(takes("source.ip", text.toString()))
            .as("seed %s: %s", seed, text)
            .isEqualTo(isLiteral(text.toString()));
      }
    }
  }

  private static boolean isLiteral(String text) {
    try {
      InetAddress.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean takes(String field, String... texts) {
    for (String text : texts) {
      byte[] b = text.getBytes(StandardCharsets.UTF_8);
      if (!FieldTypes.accepts(Fields.id(field), b, 0, b.length)) {
        return false;
      }
    }
    return true;
  }
}
