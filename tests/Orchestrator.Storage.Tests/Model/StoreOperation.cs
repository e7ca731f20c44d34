using FsCheck;
using FsCheck.Experimental;
using FsCheck.Fluent;

namespace Orchestrator.Storage.Tests.Model;

/// <summary>One step of both, and the comparison after it.</summary>
/// <param name="name">As it is printed in a counterexample.</param>
/// <param name="step">Moves the model on; also asked, with the model before the step, what the store should answer.</param>
/// <param name="act">Does the same to the store; answers what is wrong, or nothing.</param>
internal sealed class StoreOperation(
    string name,
    Func<StoreModel, bool> possible,
    Func<StoreModel, StoreModel> step,
    Func<StoreUnderTest, StoreModel, Task<string>> act) : Operation<StoreUnderTest, StoreModel>
{
    private StoreModel _before = StoreModel.Empty;

    public override bool Pre(StoreModel model) => possible(model);

    public override StoreModel Run(StoreModel model)
    {
        _before = model;
        return step(model);
    }

    public override Property Check(StoreUnderTest actual, StoreModel model)
    {
        var wrong = Task.Run(async () =>
        {
            var answer = await act(actual, _before);
            return answer.Length > 0 ? answer : await actual.CompareAsync(model);
        }).GetAwaiter().GetResult();
        return (wrong.Length == 0).Label($"{name}: {wrong}");
    }

    public override string ToString() => name;
}
