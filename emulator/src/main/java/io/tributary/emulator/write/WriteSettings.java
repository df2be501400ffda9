package io.tributary.emulator.write;

import io.tributary.emulator.engine.ChangeOptions;

/**
 * What an emulator's options say about the Storage Write API.
 *
 * @param appendedRows what becomes of rows that were taken
 * @param deleteRows which columns a row that deletes must have
 */
public record WriteSettings(
    WriteLimits limits,
    WriteChoices choices,
    AppendedRows appendedRows,
    ChangeOptions.DeleteRows deleteRows) {}
