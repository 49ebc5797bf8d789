import { type Locator, type Page, expect } from '@playwright/test';
import { control, enter, shownIn } from './fields';
import { plain } from './reading';

export const TABS = ['Experiments', 'Gradients & activations', 'Feature maps', 'Evaluate', 'Data', 'Code & weights', 'Costs'] as const;
export type Tab = (typeof TABS)[number];

export const SETTINGS_TABS = ['Network', 'Training', 'Augmentation', 'Data', 'Start from', 'Device'] as const;
export type SettingsTab = (typeof SETTINGS_TABS)[number];

/** The tabs of tools, and the sheet with all settings. */
export class SettingsPart {
  protected constructor(readonly page: Page) {}

  get controls() {
    return this.page.getByRole('region', { name: 'Controls', exact: true });
  }

  get tabs() {
    return this.page.getByRole('tablist', { name: 'Tools' });
  }

  tab(name: Tab, isOpen?: boolean) {
    return this.tabs.getByRole('tab', { name, exact: true, selected: isOpen });
  }

  panel(name: Tab) {
    return this.page.getByRole('tabpanel', { name, exact: true });
  }

  /** Opens a tab and gives its panel. */
  async openTab(name: Tab): Promise<Locator> {
    await this.closeSettings();
    await this.tab(name).click();
    await expect(this.panel(name)).toBeVisible();
    return this.panel(name);
  }

  get settings() {
    return this.page.getByRole('dialog', { name: 'All settings' });
  }

  get settingsButton() {
    return this.controls.getByRole('button', { name: /^All settings/ });
  }

  get settingSearch() {
    return this.settings.getByRole('searchbox', { name: 'Find a setting' });
  }

  /** Opens the sheet, and one of its tabs. */
  async openSettings(tab?: SettingsTab): Promise<Locator> {
    if (!(await this.settings.isVisible())) await this.settingsButton.click();
    await expect(this.settings).toBeVisible();
    if (tab) {
      await this.settingSearch.clear();
      await this.settings.getByRole('tab', { name: tab, exact: true }).click();
    }
    return this.settings;
  }

  async closeSettings() {
    if (!(await this.settings.isVisible())) return;
    await this.settings.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(this.settings).toBeHidden();
  }

  /** A setting, looked for by its name as one who does not know its tab. */
  async setting(label: string): Promise<Locator> {
    const sheet = await this.openSettings();
    const found = control(sheet, label);
    if (!(await found.isVisible())) await this.settingSearch.fill(label);
    await expect(found, `the setting “${label}”`).toBeVisible();
    return found;
  }

  /** Changes a setting: a number, a word of a list, or `on` and `off`. */
  async set(label: string, value: string) {
    await enter(await this.setting(label), value);
  }

  /** What a setting shows. */
  async expectSetting(label: string, value: string) {
    const found = await this.setting(label);
    await expect.poll(async () => plain(await shownIn(found)), { message: label }).toBe(plain(value));
  }
}
