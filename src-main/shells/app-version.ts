import packageFile from '../../package.json'

export const appVersion: string = packageFile.version
