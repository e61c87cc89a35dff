package mo.farol.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reads account rows. */
final class Rows {
  private Rows() {}

  static Person person(ResultSet rs) throws SQLException {
    return new Person(
        rs.getString("name"),
        rs.getString("full_name"),
        Role.valueOf(rs.getString("role")),
        Optional.ofNullable(rs.getString("agency")));
  }
}
