package mo.farol.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SipHashTest {
  private final SipHash hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

  /** The reference's vectors for 128 bits and key 00 01 … 0f: nothing, and 00 01. */
  @Test
  void gives_what_the_reference_gives() {
    hash.start().end();
    assertThat(hash.first()).isEqualTo(Long.reverseBytes(0xa3817f04ba25a8e6L));
    assertThat(hash.second()).isEqualTo(Long.reverseBytes(0x6df67214c7550293L));
    hash.start().text("\u0100").end();
    assertThat(hash.first()).isEqualTo(Long.reverseBytes(0x8177228da4a45dc7L));
    assertThat(hash.second()).isEqualTo(Long.reverseBytes(0xfca38bdef60affe4L));
  }

  @Test
  void texts_in_a_row_are_not_taken_for_others() {
    long one = hash.start().part("ab").part("c").end().first();
    assertThat(hash.start().part("a").part("bc").end().first()).isNotEqualTo(one);
  }
}
