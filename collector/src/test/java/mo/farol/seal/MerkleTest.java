package mo.farol.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against the definitions of RFC 9162 section 2.1, written down once more as plainly as can be. */
class MerkleTest {
  private static final int MOST = 130;
  private static final List<Hash> LEAVES = leaves(MOST);

  @Test
  void roots_are_those_that_certificate_transparency_publishes_for_its_eight_test_leaves()
      throws Exception {
    var inputs =
        List.of(
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f");
    var roots =
        List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    var leaves = new ArrayList<Hash>();
    for (int i = 0; i < inputs.size(); i++) {
      leaves.add(sha256(0, HexFormat.of().parseHex(inputs.get(i))));
      assertThat(Merkle.root(leaves, 0, i + 1, List.of()).hex()).isEqualTo(roots.get(i));
    }
  }

  @Test
  void a_tree_without_leaves_is_the_hash_of_nothing() {
    assertThat(Merkle.empty().hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void every_inclusion_path_of_every_tree_is_that_of_the_standard_and_leads_to_the_root() {
    for (int size = 1; size <= MOST; size++) {
      var root = mth(LEAVES.subList(0, size));
      for (int i = 0; i < size; i++) {
        var path = Merkle.path(MerkleTest::hash, i, i + 1, size);
        assertThat(path).isEqualTo(standardPath(i, LEAVES.subList(0, size)));
        assertThat(Merkle.root(LEAVES.subList(i, i + 1), i, size, path)).isEqualTo(root);
      }
    }
  }

  @Test
  void no_other_leaf_no_other_place_and_no_other_path_leads_to_the_root() {
    for (int size : new int[] {2, 3, 7, 8, 33, 100}) {
      var root = mth(LEAVES.subList(0, size));
      for (int i = 0; i < size; i++) {
        var path = Merkle.path(MerkleTest::hash, i, i + 1, size);
        var other = LEAVES.subList((i + 1) % size, (i + 1) % size + 1);
        assertThat(Merkle.root(other, i, size, path)).isNotEqualTo(root);
        for (int k = 0; k < path.size(); k++) {
          var changed = new ArrayList<>(path);
          changed.set(k, Hash.ZERO);
          assertThat(Merkle.root(LEAVES.subList(i, i + 1), i, size, changed)).isNotEqualTo(root);
        }
        int at = i;
        int whole = size;
        var shorter = path.subList(0, path.size() - 1);
        assertThatThrownBy(() -> Merkle.root(LEAVES.subList(at, at + 1), at, whole, shorter))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void every_range_of_every_tree_leads_to_the_root() {
    for (int size = 1; size <= 40; size++) {
      var root = mth(LEAVES.subList(0, size));
      for (int from = 0; from < size; from++) {
        for (int to = from + 1; to <= size; to++) {
          var path = Merkle.path(MerkleTest::hash, from, to, size);
          assertThat(Merkle.root(LEAVES.subList(from, to), from, size, path)).isEqualTo(root);
        }
      }
    }
  }

  @Test
  void every_pair_of_trees_is_consistent_by_its_proof_and_by_no_other() {
    for (int second = 1; second <= MOST; second++) {
      var secondRoot = mth(LEAVES.subList(0, second));
      for (int first = 1; first <= second; first++) {
        var firstRoot = mth(LEAVES.subList(0, first));
        var proof = Merkle.consistency(MerkleTest::hash, first, second);
        assertThat(Merkle.isConsistent(first, firstRoot, second, secondRoot, proof))
            .as("%d in %d", first, second)
            .isTrue();
        assertThat(Merkle.isConsistent(first, Hash.ZERO, second, secondRoot, proof)).isFalse();
        assertThat(Merkle.isConsistent(first, firstRoot, second, Hash.ZERO, proof)).isFalse();
        if (first < second) {
          assertThat(proof).isNotEmpty();
          var shorter = proof.subList(0, proof.size() - 1);
          assertThat(Merkle.isConsistent(first, firstRoot, second, secondRoot, shorter)).isFalse();
          var longer = new ArrayList<>(proof);
          longer.add(Hash.ZERO);
          assertThat(Merkle.isConsistent(first, firstRoot, second, secondRoot, longer)).isFalse();
          var swapped = new ArrayList<>(proof);
          swapped.set(0, Hash.ZERO);
          assertThat(Merkle.isConsistent(first, firstRoot, second, secondRoot, swapped)).isFalse();
        }
      }
    }
  }

  @Test
  void a_tree_of_which_one_early_leaf_is_another_is_not_consistent() {
    var forked = new ArrayList<>(LEAVES);
    forked.set(3, Hash.ZERO);
    for (int first = 4; first < 64; first++) {
      var firstRoot = mth(LEAVES.subList(0, first));
      for (int second = first + 1; second <= 64; second++) {
        var end = second;
        var proof =
            Merkle.consistency((from, to) -> mth(forked.subList((int) from, (int) to)), first, end);
        assertThat(
                Merkle.isConsistent(
                    first, firstRoot, second, mth(forked.subList(0, second)), proof))
            .isFalse();
      }
    }
  }

  private static Hash hash(long from, long to) {
    return mth(LEAVES.subList((int) from, (int) to));
  }

  // Section 2.1.1.
  private static Hash mth(List<Hash> leaves) {
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int k = 1;
    while (k * 2 < leaves.size()) {
      k *= 2;
    }
    return node(mth(leaves.subList(0, k)), mth(leaves.subList(k, leaves.size())));
  }

  // Section 2.1.3.1.
  private static List<Hash> standardPath(int m, List<Hash> leaves) {
    if (leaves.size() == 1) {
      return List.of();
    }
    int k = 1;
    while (k * 2 < leaves.size()) {
      k *= 2;
    }
    var left = leaves.subList(0, k);
    var right = leaves.subList(k, leaves.size());
    var path = new ArrayList<>(m < k ? standardPath(m, left) : standardPath(m - k, right));
    path.add(mth(m < k ? right : left));
    return path;
  }

  private static Hash node(Hash left, Hash right) {
    byte[] both = new byte[64];
    left.into(both, 0);
    right.into(both, 32);
    return sha256(1, both);
  }

  private static Hash sha256(int prefix, byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update((byte) prefix);
      return Hash.of(digest.digest(bytes), 0);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Hash> leaves(int count) {
    var leaves = new ArrayList<Hash>();
    for (int i = 0; i < count; i++) {
      leaves.add(sha256(0, new byte[] {(byte) i}));
    }
    return leaves;
  }
}
