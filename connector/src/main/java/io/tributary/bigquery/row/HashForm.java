package io.tributary.bigquery.row;

import io.tributary.bigquery.config.Secret;
import io.tributary.bigquery.table.Column;
import io.tributary.bigquery.table.ColumnType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The form of values of which only a hash is stored: SHA-256 of salt and text, in hex digits. */
final class HashForm implements Form {
  private final Form form;
  private final byte[] salt;
  private final MessageDigest digest;

  HashForm(Form form, Secret salt) {
    this.form = form;
    this.salt = salt.reveal().getBytes(StandardCharsets.UTF_8);
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  @Override
  public Column column(String name) {
    return Column.nullable(name, ColumnType.STRING);
  }

  @Override
  public ValueWriter into(Target target) {
    Column column = target.column();
    return column.type() == ColumnType.STRING && column.mode() != Column.Mode.REPEATED
        ? Text.into(this::text).writer(target)
        : null;
  }

  @Override
  public String text(Object value) {
    byte[] text = form.text(value).getBytes(StandardCharsets.UTF_8);
    digest.update(salt);
    return HexFormat.of().formatHex(digest.digest(text));
  }
}
