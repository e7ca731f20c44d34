namespace Orchestrator.Storage.Relational;

/// <summary>The types a query parameter can have; each dialect decides how to send them.</summary>
internal enum ParameterType
{
    Text,
    Integer,
    BigInteger,
    Real,
    Flag,
    Id,
    Time,
    Span,
    Bytes,
    TextList,
    IdList,
    BigIntegerList,
}

/// <summary>A named, typed parameter; the type is given so that null is unambiguous.</summary>
internal readonly record struct Parameter(string Name, ParameterType Type, object? Value)
{
    public static Parameter Text(string name, string? value) => new(name, ParameterType.Text, value);

    public static Parameter Integer(string name, int? value) => new(name, ParameterType.Integer, value);

    public static Parameter BigInteger(string name, long? value) => new(name, ParameterType.BigInteger, value);

    public static Parameter Real(string name, double? value) => new(name, ParameterType.Real, value);

    public static Parameter Flag(string name, bool? value) => new(name, ParameterType.Flag, value);

    public static Parameter Id(string name, Guid? value) => new(name, ParameterType.Id, value);

    public static Parameter Time(string name, DateTimeOffset? value) => new(name, ParameterType.Time, value);

    public static Parameter Span(string name, TimeSpan? value) => new(name, ParameterType.Span, value);

    public static Parameter Bytes(string name, ReadOnlyMemory<byte>? value) => new(name, ParameterType.Bytes, value);

    public static Parameter TextList(string name, IReadOnlyCollection<string>? value) => new(name, ParameterType.TextList, value);

    public static Parameter IdList(string name, IReadOnlyCollection<Guid> value) => new(name, ParameterType.IdList, value);

    public static Parameter BigIntegerList(string name, IReadOnlyCollection<long> value) =>
        new(name, ParameterType.BigIntegerList, value);
}
