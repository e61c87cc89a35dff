package mo.farol.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NobodyTest {
  @Test
  void an_unknown_name_costs_the_same_as_a_wrong_password() {
    assertThat(Passwords.isOutdated(Accounts.NOBODY)).isFalse();
    assertThat(Passwords.isRight("", Accounts.NOBODY)).isFalse();
  }
}
