package mo.farol.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form in which values are compared. */
class KeyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ADDRESS | 45.83.64.1                      | 45.83.64.1
          ADDRESS | ::ffff:45.83.64.1               | 45.83.64.1
          ADDRESS | 2A02:0010:0:0:0:0:0:1           | 2a02:10::1
          ADDRESS | 2a02:10:0:1::                   | 2a02:10:0:1::
          ADDRESS | [2a02:10::1]                    | 2a02:10::1
          ADDRESS | 45.83.64.1/32                   | 45.83.64.1
          NETWORK | 45.83.64.9/24                   | 45.83.64.0/24
          NETWORK | 2a02:10::ffff/33                | 2a02:10::/33
          NETWORK | 0.0.0.0/0                       | 0.0.0.0/0
          DOMAIN  | Evil.Example-Site.TEST.         | evil.example-site.test
          DOMAIN  | *.evil.test                     | evil.test
          DOMAIN  | Bücher.test                     | xn--bcher-kva.test
          URL     | HTTP://User:pw@Evil.test:80     | evil.test/
          URL     | https://evil.test:443/a%7eb?x=%2f#part | evil.test/a~b?x=%2F
          URL     | evil.test/a b                   | evil.test/a%20b
          URL     | http://evil.test:8080/A         | evil.test:8080/A
          URL     | ftp://evil.test:21/a            | ftp://evil.test/a
          URL     | http://[2A02::1]:80/x           | [2a02::1]/x
          MD5     | 5D8129BE965FAB8115ECA34FC84BD7F0 | 5d8129be965fab8115eca34fc84bd7f0
          MAIL    | Ana.Lei@Evil.TEST               | ana.lei@evil.test
          FILE    | C:\\Users\\X.EXE                | c:\\users\\x.exe
          VULNERABILITY | cve-2024-12345            | CVE-2024-12345
          """)
  void values_of_one_meaning_have_one_form(Kind kind, String written, String compared)
      throws Unreadable {
    assertThat(Key.of(kind, written).text()).isEqualTo(compared);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ADDRESS | 45.83.64.256   | not an IP address
          ADDRESS | 1.2.3          | not an IP address
          ADDRESS | 1:2:3          | not an IP address
          ADDRESS | 1::2::3        | not an IP address
          NETWORK | 45.83.64.0/33  | a network's prefix is 0 to 32 bits
          NETWORK | 2a02::/x       | a network's prefix is 0 to 128 bits
          DOMAIN  | com            | a domain of one label would match everything below it
          DOMAIN  | a..b           | not a domain name
          DOMAIN  | 45.83.64.1     | an address, not a domain name
          URL     | /only/a/path   | a path without a host
          SHA1    | abcd           | not the hexadecimal digits of sha1
          MD5     | zz8129be965fab8115eca34fc84bd7f0 | not the hexadecimal digits of md5
          MAIL    | nobody         | not a mail address
          VULNERABILITY | CVE-24-1 | not a CVE number such as CVE-2024-12345
          """)
  void what_cannot_be_compared_is_refused_with_the_reason(Kind kind, String value, String reason) {
    assertThatThrownBy(() -> Key.of(kind, value)).hasMessage(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hxxps://evil[.]test/a           | https://evil.test/a
          hXXp[:]//evil(.)test            | http://evil.test
          hxxp[://]evil[dot]test          | http://evil.test
          1[.]2[.]3[.]4                   | 1.2.3.4
          1\\.2\\.3\\.4                   | 1.2.3.4
          ana[at]evil[.]test              | ana@evil.test
          http://[2a02::1]/x              | http://[2a02::1]/x
          """)
  void values_made_harmless_are_made_whole(String written, String whole) {
    assertThat(Guess.refanged(written)).isEqualTo(whole);
  }

  @Test
  void a_value_tells_its_kind_by_its_shape() {
    assertThat(Guess.kind("1.2.3.4")).contains(Kind.ADDRESS);
    assertThat(Guess.kind("1.2.3.0/24")).contains(Kind.NETWORK);
    assertThat(Guess.kind("2a02::/32")).contains(Kind.NETWORK);
    assertThat(Guess.kind("evil.test/a")).contains(Kind.URL);
    assertThat(Guess.kind("http://evil.test/a@b")).contains(Kind.URL);
    assertThat(Guess.kind("a@evil.test")).contains(Kind.MAIL);
    assertThat(Guess.kind("da39a3ee5e6b4b0d3255bfef95601890afd80709")).contains(Kind.SHA1);
    assertThat(Guess.kind("CVE-2017-0199")).contains(Kind.VULNERABILITY);
    assertThat(Guess.kind("evil.test")).contains(Kind.DOMAIN);
    assertThat(Guess.kind("nothing")).isEmpty();
  }
}
