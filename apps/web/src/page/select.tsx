interface SelectProps<Value extends string> {
  label: string;
  value: Value;
  /** What can be chosen, each with what it is called. */
  options: Readonly<Record<Value, string>>;
  hint?: string;
  disabled?: boolean;
  testId?: string;
  onChange: (value: Value) => void;
}

/** A choice of one out of a few. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, value, options, hint, disabled, testId, onChange } = props;
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <select
        class="input"
        value={value}
        disabled={disabled}
        data-testid={testId}
        onChange={(event) => onChange(event.currentTarget.value as Value)}
      >
        {(Object.entries(options) as [Value, string][]).map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
      {hint !== undefined && <span class="hint">{hint}</span>}
    </label>
  );
}
