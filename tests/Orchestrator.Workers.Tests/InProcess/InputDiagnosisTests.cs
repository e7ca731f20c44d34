using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Workers.Tests.InProcess;

public sealed class InputDiagnosisTests
{
    public sealed record Input(
        string Name,
        int? Count = null,
        Nested? Inner = null,
        IReadOnlyList<Nested>? Items = null,
        IReadOnlyDictionary<string, double>? Weights = null,
        Colour Colour = Colour.Red);

    public sealed record Nested(int Value)
    {
        public required string Note { get; init; }

        [JsonIgnore]
        public string Hidden { get; init; } = string.Empty;
    }

    [JsonConverter(typeof(JsonStringEnumConverter<Colour>))]
    public enum Colour
    {
        Red,
        Green,
    }

    [Theory]
    [InlineData("""{"count":"1","age":3}""", "$.count: must be a whole number in range or null.|$.age: there is no such member.|$.name: required, but missing.")]
    [InlineData("""{"name":null,"inner":{"value":null,"odd":1}}""", "$.name: must not be null.|$.inner.value: must be a whole number in range.|$.inner.odd: there is no such member.|$.inner.note: required, but missing.")]
    [InlineData("""{"name":5,"items":[{"value":1,"note":"n"},{"value":true,"note":2},7,null]}""", "$.name: must be a string.|$.items[1].value: must be a whole number in range.|$.items[1].note: must be a string.|$.items[2]: must be an object.")]
    [InlineData("""{"name":"x","weights":{"a":1,"b c":"2"},"colour":"Blue","inner":[]}""", "$.weights['b c']: must be a number.|$.colour: must be of the expected form.|$.inner: must be an object.")]
    [InlineData("""{"name":"x","NAME":"y","items":{},"weights":[]}""", "$.NAME: is given more than once.|$.items: must be an array.|$.weights: must be an object.")]
    [InlineData("""7""", "$: must be an object.")]
    [InlineData("""{"name":"x","count":null,"inner":null,"items":[],"weights":{},"colour":"Green"}""", "")]
    public void Of_AnInput_NamesEveryFaultWithItsPath(string input, string expected)
    {
        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), Diagnose(input, WorkerJson.Options));
        Assert.Equal(expected.Length == 0, Reads(input));
    }

    [Fact]
    public void Of_OptionsThatAllowMore_FindsNothingInWhatTheyAllow() =>
        Assert.Empty(Diagnose("""{"other":1,"count":"5"}""", JsonSerializerOptions.Web));

    [Fact]
    public void Of_CountlessFaults_IsBounded()
    {
        var name = "x" + string.Concat(Enumerable.Repeat("𠀀", 250));
        var input = "{" + string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"{name}{i}\":0")) + "}";
        var faults = Diagnose(input, WorkerJson.Options);
        Assert.Equal(InputDiagnosis.MaxFaults + 1, faults.Count);
        Assert.Equal("There are more.", faults[^1]);
        Assert.All(faults, fault => Assert.InRange(fault.Length, 1, 200));
        Assert.All(faults, fault => Assert.DoesNotContain(fault.EnumerateRunes(), rune => rune == Rune.ReplacementChar));
    }

    private static IReadOnlyList<string> Diagnose(string input, JsonSerializerOptions options) =>
        InputDiagnosis.Of(Encoding.UTF8.GetBytes(input), typeof(Input), options);

    private static bool Reads(string input)
    {
        try
        {
            return JsonSerializer.Deserialize<Input>(input, WorkerJson.Options) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
