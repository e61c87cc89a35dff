package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Memory that several answers share. */
class BudgetTest {
  private static final long MIB = 1 << 20;
  private final Pool pool = new Pool(4 * MIB);

  @Test
  void what_one_holds_is_not_there_for_another_until_it_is_given_back() {
    var one = new Budget(8 * MIB, MIB, pool);
    var other = new Budget(8 * MIB, MIB, pool);
    assertThat(one.take(5 * MIB)).isTrue();

    assertThat(other.take(2 * MIB)).isFalse();
    assertThat(one.take(1)).isFalse();

    one.close();
    assertThat(other.take(2 * MIB)).isTrue();
  }

  @Test
  void a_little_is_there_for_everybody() {
    var greedy = new Budget(8 * MIB, MIB, pool);
    assertThat(greedy.take(5 * MIB)).isTrue();

    for (int i = 0; i < 100; i++) {
      assertThat(new Budget(8 * MIB, MIB, pool).take(MIB)).isTrue();
    }
  }

  @Test
  void nobody_takes_more_than_is_meant_for_one() {
    var budget = new Budget(2 * MIB, MIB, pool);
    assertThat(budget.take(3 * MIB)).isFalse();
    assertThat(budget.take(2 * MIB)).isTrue();
    assertThat(budget.take(1)).isFalse();
    budget.give(10);
    assertThat(budget.take(10)).isTrue();
  }

  @Test
  void what_is_given_back_and_taken_again_draws_nothing_more() {
    var budget = new Budget(8 * MIB, MIB, pool);
    for (int i = 0; i < 20; i++) {
      assertThat(budget.take(3 * MIB)).isTrue();
      budget.give(3 * MIB);
    }
    assertThat(new Budget(8 * MIB, MIB, pool).take(3 * MIB)).isTrue();
  }
}
