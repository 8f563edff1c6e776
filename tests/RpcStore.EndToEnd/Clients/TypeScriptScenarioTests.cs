namespace RpcStore.EndToEnd.Clients;

/// <summary>The TypeScript client in Node over every endpoint.</summary>
[Collection<TypeScriptCollection>]
public sealed class TypeScriptScenarioTests(TypeScriptPackageFixture package)
{
    public static TheoryData<string> Transports => Scenarios.Transports;

    [Theory]
    [MemberData(nameof(Transports))]
    public Task Every_scenario_passes(string transport)
    {
        Assert.SkipUnless(package.IsInstalled, "clients/typescript/node_modules is missing: run npm ci --prefix clients/typescript.");
        return Scenarios.PlayAllAsync(
            "TypeScript",
            transport,
            scenario => Scenarios.PlayAsync(scenario, ["node", "--expose-gc", "test/scenarios/driver.mjs"], package.Folder, package.Environment));
    }
}
